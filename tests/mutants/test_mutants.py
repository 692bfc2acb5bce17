"""The list of bugs does not rot, and a few of them are caught in every run; `python -m tests.mutants` tries all."""

import pytest

from tests.mutants.bugs import BUGS
from tests.mutants.running import ROOT, mutated, tree_copied, verdict
from tests.mutants.seeded import Bug

IN_EVERY_RUN = ("gap-skipped", "fingerprint-not-checked")


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_every_bug_can_still_be_put_in(bug: Bug) -> None:
    assert all(text != (ROOT / file).read_text(encoding="utf-8") for file, text in mutated(bug).items())
    for name in bug.caught_by:
        file, _, test = name.partition("::")
        assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), name


def test_no_two_bugs_have_one_name() -> None:
    assert len({bug.name for bug in BUGS}) == len(BUGS) >= 12


def test_a_few_bugs_are_caught() -> None:
    with tree_copied() as copy:
        for bug in BUGS:
            if bug.name in IN_EVERY_RUN:
                found = verdict(copy, bug)
                assert found.caught, (bug.name, found.said)
