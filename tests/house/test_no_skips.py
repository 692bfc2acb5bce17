"""In CI a run in which anything did not really run has failed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RAN = "def test_ran():\n    pass\n"


@pytest.fixture(params=[(), ("-p", "xdist.plugin", "-n", "2")], ids=["one process", "two processes"])
def processes(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """Options of pytest: `make test` shares the tests among processes."""
    return request.param


def run(folder: Path, text: str, *options: str) -> subprocess.CompletedProcess[str]:
    file = folder / "test_it.py"
    file.write_text(text)
    command = [sys.executable, "-m", "pytest", "-p", "tests.no_skips", "-c", "/dev/null", "-p", "no:cacheprovider"]
    alone = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(  # noqa: S603
        [*command, *options, str(file)], cwd=ROOT, env=alone, capture_output=True, text=True, check=False
    )


def test_a_run_in_which_everything_ran_passes(tmp_path: Path, processes: tuple[str, ...]) -> None:
    assert run(tmp_path, RAN, *processes).returncode == 0


@pytest.mark.parametrize(
    "skipped",
    [
        "import pytest\ndef test_it():\n    pytest.skip('no browser')\n",
        "import pytest\n@pytest.mark.skip\ndef test_it():\n    pass\n",
        "import pytest\n@pytest.mark.xfail\ndef test_it():\n    assert False\n",
        "import pytest\n@pytest.mark.xfail\ndef test_it():\n    pass\n",
        "import pytest\npytest.importorskip('no_such_module')\n",
    ],
    ids=["skipped inside", "marked", "fails as expected", "passes unexpectedly", "a whole file"],
)
def test_a_run_that_left_something_out_fails_and_says_what(
    tmp_path: Path, skipped: str, processes: tuple[str, ...]
) -> None:
    ended = run(tmp_path, RAN + skipped, *processes)
    assert ended.returncode != 0
    assert "did not run, which fails this run" in ended.stdout


def test_a_test_left_out_by_a_filter_fails_the_run(tmp_path: Path, processes: tuple[str, ...]) -> None:
    ended = run(tmp_path, RAN + "def test_other():\n    pass\n", "-k", "ran", *processes)
    assert ended.returncode == 1
    assert "test_other: left out by a filter" in ended.stdout


def test_the_closing_line_stays_the_last(tmp_path: Path, processes: tuple[str, ...]) -> None:
    skipped = "import pytest\n@pytest.mark.skip\ndef test_it():\n    pass\n"
    last = run(tmp_path, RAN + skipped, *processes).stdout.splitlines()[-1]
    assert "1 passed, 1 skipped" in last
