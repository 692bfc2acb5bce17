"""Files stay small, names stay words of the field, and nothing names a machine or a registry."""

import ast
import re
from pathlib import Path

from tests.house.sources import BACKEND, ROOT, files, shown

LONGEST = 300
NO_WORD = re.compile(r"(^|_)(utils?|helpers?|managers?|misc|common)($|_)")

# Written so that this file does not match itself.
ELSEWHERE = re.compile(
    r"pyp[i]\.org|python[h]osted\.|npmj[s]\.(org|com)|deb\.debia[n]\.|unpk[g]\.|jsdeliv[r]\.|/wor[k]/|/far[m]/|/tm[p]/spec"
)
TEXT = {".py", ".md", ".toml", ".txt", ".sql", ".json", ".ts", ".tsx", ".js", ".css", ".html", ".sh", ".yml", ""}


def test_no_file_is_longer_than_three_screens() -> None:
    """Tests are not counted: a story may be long."""
    wrong: list[str] = []
    for folder in (BACKEND, ROOT / "courier_api"):
        for path in files(folder):
            if path.suffix in {".py", ".ts", ".tsx", ".html", ".css"} and not path.name.endswith(".d.ts"):
                count = len(path.read_text(encoding="utf-8").splitlines())
                wrong += [f"{shown(path)}: {count} lines"] if count > LONGEST else []
    assert not wrong, "\n".join(wrong)


def test_nothing_is_called_a_word_that_says_nothing() -> None:
    wrong = [shown(path) for path in files() if NO_WORD.search(path.stem.lower())]
    for path in files(BACKEND):
        if path.suffix == ".py":
            named = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
            wrong += [
                f"{shown(path)}:{node.lineno} {node.name}"
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                if isinstance(node, named) and NO_WORD.search(_snake(node.name))
            ]
    assert not wrong, "\n".join(wrong)


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def test_no_file_names_a_registry_or_the_machine_it_was_written_on() -> None:
    wrong = [
        f"{shown(path)}:{number}: {line.strip()[:80]}"
        for path in files()
        if path.suffix in TEXT
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if ELSEWHERE.search(line)
    ]
    assert not wrong, "\n".join(wrong)


def test_every_python_file_says_what_it_is() -> None:
    wrong = [
        shown(path)
        for folder in (BACKEND, ROOT / "courier_api", ROOT / "tests")
        for path in files(folder)
        if path.suffix == ".py" and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not wrong, "\n".join(wrong)


def test_no_init_hands_names_on() -> None:
    wrong = [shown(path) for path in BACKEND.rglob("__init__.py") if _has_code(path)]
    assert not wrong, "\n".join(wrong)


def _has_code(path: Path) -> bool:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return any(not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)) for node in body)
