"""What is told at the end: one JSON object, and whether anything was lost, doubled, stuck or otherwise than it was."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from backend.simulate.faults import Faults
from backend.simulate.happenings import BY_THE_WAY, HAPPENINGS
from backend.simulate.journal import Finding, Journal
from backend.simulate.plan import Plan

_SHOWN = 50
COUNTED = (
    "visits",
    "forms",
    "slips",
    "cash",
    "change",
    "codes",
    "unpaid",
    "pictures",
    "sealed",
    "failed",
    "results",
)


class Percentiles(msgspec.Struct, frozen=True):
    """Milliseconds."""

    p50: float
    p95: float
    p99: float
    most: float


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """`lost`, `doubled`, `stuck`, `wrong`: how many; the first of each stand below, with what one needs to look."""

    seed: int
    run: int
    couriers: int
    visits: int
    cases: int
    acts: dict[str, int]
    """Made, sent (each time), acknowledged, refused to a desk (nothing is kept of those), and by standing."""
    refused: dict[str, int]
    """What desks were refused, and why: `offer: under-incident`."""
    files: dict[str, int]
    requests: dict[str, int]
    tricks: dict[str, int]
    without: dict[str, int]
    """What couriers missed at doors: slip numbers, labels."""
    tracked: int
    at_counters: dict[str, int]
    """Visits, forms filled in, slips and their đồng, change given back, codes shown, fees left unpaid, pictures taken,
    pouches sealed, visits that came to nothing, results handed over."""
    compared: int
    """Holders of papers, charges, incidents and states of cases, held against what those who did it know."""
    cases_compared: int
    """Of how many cases: those on which everything took effect."""
    request_ms: Percentiles
    """From asking to the answer, per request with acts."""
    act_ms: Percentiles
    """From the first try to the acknowledgement, per act: lost answers and restarts included."""
    server_faults: Sequence[str]
    lost: int
    doubled: int
    stuck: int
    wrong: int
    played: dict[str, int]
    """What happened beside what is plain, each so often to its end."""
    findings: dict[str, Sequence[Finding]]
    seconds: float
    faults: Faults

    @property
    def good(self) -> bool:
        return self.lost == self.doubled == self.stuck == self.wrong == 0


def report(
    journal: Journal,
    plan: Plan,
    faults: Faults,
    *,
    run: int,
    cases: int,
    files: Mapping[Any, int],
    requests: Counter[str],
    server_faults: Sequence[str],
    without: Counter[str],
    tracked: int,
    at_counters: Counter[str],
    compared: int,
    cases_compared: int,
    played: Counter[str],
) -> Report:
    """`files`: bytes of each that was received."""
    records = list(journal.records.values())
    acts = Counter(str(record.answer.standing) for record in records if record.answer is not None)
    refused = Counter(f"{record.act.kind}: {record.refused}" for record in records if record.refused is not None)
    answered = [r for r in records if r.acknowledged_at is not None and r.first_sent_at is not None]
    return Report(
        seed=plan.seed,
        run=run,
        couriers=len(plan.phones),
        visits=plan.visits,
        cases=cases,
        acts={
            "made": len(records),
            "sent": sum(record.sent for record in records),
            "acknowledged": len(answered),
            "refused to a desk": refused.total(),
            **dict(sorted(acts.items())),
        },
        refused=dict(sorted(refused.items())),
        files={"received": len(files), "bytes": sum(files.values())},
        requests=dict(sorted(requests.items())),
        tricks=dict(sorted(journal.tricks.items())),
        without=dict(sorted(without.items())),
        tracked=tracked,
        at_counters={name: at_counters[name] for name in COUNTED},
        compared=compared,
        cases_compared=cases_compared,
        request_ms=percentiles(journal.took),
        act_ms=percentiles([(r.acknowledged_at or 0) - (r.first_sent_at or 0) for r in answered]),
        server_faults=sorted(set(server_faults))[:_SHOWN],
        lost=len(journal.lost),
        doubled=len(journal.doubled),
        stuck=len(journal.stuck),
        wrong=len(journal.wrong),
        played={name: played[name] for name in (*(one.name for one in HAPPENINGS), *BY_THE_WAY)},
        findings={
            name: found[:_SHOWN]
            for name, found in (
                ("lost", journal.lost),
                ("doubled", journal.doubled),
                ("stuck", journal.stuck),
                ("wrong", journal.wrong),
            )
            if found
        },
        seconds=round(journal.seconds, 2),
        faults=faults,
    )


def percentiles(seconds: Sequence[float]) -> Percentiles:
    """Nearest rank; zeros of nothing."""
    ranked = sorted(seconds) or [0.0]

    def at(share: float) -> float:
        return round(ranked[min(len(ranked) - 1, int(share * len(ranked)))] * 1000, 1)

    return Percentiles(at(0.5), at(0.95), at(0.99), at(1.0))
