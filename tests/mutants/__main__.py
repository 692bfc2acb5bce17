"""`python -m tests.mutants [NAME ...]`: puts each bug in, says whether the tests noticed; exit status 1 if not."""

import sys
import time

from tests.mutants.bugs import BUGS
from tests.mutants.running import tested, tree_copied, verdict


def main(names: list[str]) -> int:
    chosen = [bug for bug in BUGS if not names or bug.name in names]
    with tree_copied() as copy:
        healthy = tested(copy, sorted({test for bug in chosen for test in bug.caught_by}))
        say(f"without a bug: {healthy.said}")
        if healthy.caught or " passed" not in healthy.said:
            return 1
        alive = 0
        for bug in chosen:
            began = time.monotonic()
            found = verdict(copy, bug)
            alive += not found.caught
            outcome = "caught" if found.caught else "NOT CAUGHT"
            say(f"{outcome:10}  {bug.name:24}  {bug.meaning:64}  {time.monotonic() - began:4.0f} s  {found.said}")
    say(f"{len(chosen) - alive} of {len(chosen)} caught")
    return 1 if alive else 0


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
