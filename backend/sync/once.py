"""What can happen only once in a visit of a case: by this an act on paper and the same act from a phone are known."""

from collections.abc import Callable
from typing import Any

from backend.fees.model import Collect
from backend.fees.relief_model import RecordUnpaid
from backend.parcels.model import HandBackPapers, OpenResult, Seal, SeeOriginal, TakePapers
from backend.signatures.model import Sign
from backend.visits.model import CheckIdentity, FailVisit, FinishVisit, HandOverResult, RecordArrival

_ONCE: dict[type[Any], Callable[[Any], list[str]]] = {
    RecordArrival: lambda _: ["arrival"],
    CheckIdentity: lambda _: ["identity"],
    TakePapers: lambda body: [f"paper:{one.component}" for one in body.papers],
    SeeOriginal: lambda body: [f"seen:{body.component}"],
    Sign: lambda body: [f"signed:{body.document}"],
    Seal: lambda _: ["sealed"],
    Collect: lambda body: [f"charge:{one.charge_id.hex}" for one in body.lines],
    RecordUnpaid: lambda body: [f"charge:{one.hex}" for one in body.charge_ids],
    OpenResult: lambda _: ["opened"],
    HandOverResult: lambda _: ["handed_over"],
    HandBackPapers: lambda _: ["handed_back"],
    FinishVisit: lambda _: ["ended"],
    FailVisit: lambda _: ["ended"],
}


def told_once(body: Any) -> set[str]:
    """Empty for what may happen again: another picture, another quote."""
    kind: type[Any] = body.__class__
    words = _ONCE.get(kind)
    return set() if words is None else set(words(body))
