"""`python -m tests.model --sequences 10000 [--seed N] [--jobs N]`: the stateful model, as long as one likes.

Each job has a PostgreSQL of its own. The same seed makes the same sequences.
"""

import argparse
import multiprocessing
import secrets
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from tests.model import working
from tests.model.running import STEPS, Ran, Seen
from tests.model.village import BY_DESK, BY_PHONE, where

FORETOLD = 4
ENDS = ("applied", "exception", "refused", "review", "behind", "held", "set_aside")
MONEY = ("collect at", "collect of", "show_payment_code at", "show_payment_code of", "pay_refund at", "remit at")
"""What desks are asked to do with money: when they will not, it is told why."""
AT_ONCE = 100
"""Sequences of one start of Hypothesis: it slows down as it remembers what it has seen."""
LEAST_APPLIED, LEAST_DONE = 0.4, 0.35
"""Shares of acts that take effect in an honest run, or more: of those that phones sent, and of those asked at desks."""


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.model", description=__doc__)
    asked.add_argument("--sequences", type=int, default=10_000)
    asked.add_argument("--seed", type=int, default=None)
    asked.add_argument("--jobs", type=int, default=1)
    asked.add_argument("--no-shrink", action="store_true", help="take the first failure as it is, however long")
    given = asked.parse_args()
    start = given.seed if given.seed is not None else secrets.randbits(32)
    say(f"seed {start}, sequences of {STEPS} rules, {given.jobs} jobs")
    began, parts = time.monotonic(), []
    for part in _parts(given.sequences, start, given.jobs, shrink=not given.no_shrink):
        parts.append(part)
        sequences, seconds = sum(one.counted["sequences"] for one in parts), time.monotonic() - began
        say(f"  {sequences} of {given.sequences}, {sequences / seconds:.1f}/s{_told(part)}")
    counted: Counter[str] = sum((one.counted for one in parts), Counter())
    failures, seconds = sum(one.failure is not None for one in parts), time.monotonic() - began
    _say_kinds(sum((one.seen for one in parts), Counter()))
    say(
        f"seed {start}: {counted['sequences']} sequences, {counted['steps']} steps that did something,"
        f" {failures} failures, {seconds:.0f} s, {counted['sequences'] / seconds:.1f} sequences/s"
    )
    return 0 if fruitful(counted) and not failures else 1


def fruitful(counted: Counter[str]) -> bool:
    """Whether so many acts took effect that the run has shown something. Of a short run nobody can say."""
    shares = {
        "sent by phones": (counted["applied"], counted["sent"], LEAST_APPLIED),
        "asked at desks": (counted["done"], counted["asked"], LEAST_DONE),
    }
    for what, (effects, acts, least) in shares.items():
        say(f"  of {acts} acts {what}, {effects} took effect; at least {least:.0%} must")
    enough = all(effects >= least * acts > 0 for effects, acts, least in shares.values())
    return enough or counted["sequences"] < AT_ONCE


def _parts(sequences: int, start: int, jobs: int, *, shrink: bool) -> Iterator[Ran]:
    """One part in `FORETOLD` is of the machine that knows every standing beforehand, the others are at the door."""
    tasks = [
        (start + place, min(AT_ONCE, sequences - place), shrink, place // AT_ONCE % FORETOLD != FORETOLD - 1)
        for place in range(0, sequences, AT_ONCE)
    ]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=working.open_place) as workers:
        yield from workers.map(working.part, tasks)


def _say_kinds(seen: Seen) -> None:
    """How often acts of each kind took effect, as the rules have it or against them, and how else they ended."""
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for (kind, what), times in seen.items():
        kinds[kind][what.partition(":")[0]] += times
    for kind in sorted(kinds):
        say(f"  {kind:29} " + " ".join(f"{what} {kinds[kind][what]:<7}" for what in ENDS if kinds[kind][what]))
    for kind in sorted(kinds):
        if kind.startswith(MONEY) and kinds[kind]["refused"]:
            why = {what.partition(": ")[2]: times for (of, what), times in seen.items() if of == kind and ": " in what}
            say(f"  {kind}, why not: " + ", ".join(f"{what} {times}" for what, times in sorted(why.items())))
    wanted = {*BY_PHONE, *(where(kind, at_desk=True) for kind in BY_DESK)}
    never = [kind for kind in sorted(wanted) if not kinds[kind]["applied"] + kinds[kind]["exception"]]
    say(f"  never took effect: {', '.join(never) or 'none'}")


def _told(part: Ran) -> str:
    return "" if part.failure is None else f"\n{part.failure}"


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
