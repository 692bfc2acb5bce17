"""Asks the phone app's own TypeScript, run by Node: one process, questions and answers as lines of JSON."""

import json
import subprocess
from collections.abc import Iterable
from typing import Any

import pytest

from courier_api.phone_app import PLACE, node

_ANSWERING = PLACE / "tests" / "answering.ts"


def needs_packages() -> None:
    """Fails the test where a package of the app is not there."""
    told = json.loads((PLACE / "package.json").read_text())
    missing = [
        name
        for name in (*told["dependencies"], *told["devDependencies"])
        if not (PLACE / "node_modules" / name / "package.json").exists()
    ]
    if missing:
        pytest.fail(f"the phone app lacks {', '.join(missing)}: `make test` installs its packages")


def ask(questions: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """For each question {"answer": ...}, or {"thrown": why}. `ask` says what is asked; the rest is what it takes."""
    needs_packages()
    lines = "".join(f"{json.dumps(question)}\n" for question in questions)
    done = subprocess.run(node(str(_ANSWERING)), input=lines, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.split("\n")[:-1]]


def answers(questions: Iterable[dict[str, Any]]) -> list[Any]:
    """The same where nothing may be thrown."""
    said = ask(questions)
    assert all("thrown" not in one for one in said), next(one for one in said if "thrown" in one)
    return [one["answer"] for one in said]
