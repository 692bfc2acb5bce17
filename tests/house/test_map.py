"""README.md and CONTRIBUTING.md say what is there."""

import re
import subprocess

import pytest

from tests.house.sources import BACKEND, ROOT, capabilities

PAGES = ["README.md", "CONTRIBUTING.md"]
ROOMS = sorted({"backend", "courier_api", "migrations", "tests", "requirements", "docs"})


@pytest.mark.parametrize("page", PAGES)
def test_every_path_it_names_is_there(page: str) -> None:
    text = (ROOT / page).read_text()
    named = re.findall(rf"`((?:{'|'.join(ROOMS)})(?:/[\w.*/-]+)?)`", text) + re.findall(r"\]\(([^)#:]+)\)", text)
    assert named
    assert [path for path in named if not list(ROOT.glob(path))] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_folder_of_the_field_is_on_it(page: str) -> None:
    text = (ROOT / page).read_text()
    assert [folder.name for folder in capabilities() if f"`backend/{folder.name}`" not in text] == []


def test_readme_fits_on_a_screen_or_two() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) <= 90


def test_every_target_of_make_says_what_it_does() -> None:
    text = (ROOT / "Makefile").read_text()
    phony = set(re.findall(r"^\.PHONY: (.*)$", text, re.MULTILINE)[0].split())
    told = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S607
    assert set(re.findall(r"^  make (\S+)", told, re.MULTILINE)) == phony
    assert phony >= {"help", "demo", "demo-reset", "serve", "test", "lint", "format", "bench", "schema"}


def test_backend_holds_words_of_the_field_and_plumbing_only() -> None:
    """A folder without a docstring is no word of the field."""
    folders = [path for path in BACKEND.iterdir() if path.is_dir() and list(path.glob("*.py"))]
    assert [path.name for path in folders if not (path / "__init__.py").exists()] == []
