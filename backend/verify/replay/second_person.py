"""Of whom whoever acts must be independent, as far as the chains tell."""

from collections.abc import Callable, Mapping

from backend.verify.replay import incident_facts, transfers
from backend.verify.replay.about import UNKNOWN, About, Value


def same_person(about: About) -> Value:
    """Whose act it was that is decided about, the chain does not tell: that is looked at with the commands."""
    if about.deed.kind == "countersign_review":
        return True if about.deed.uuid("made_by") == about.deed.actor else UNKNOWN
    if about.thing.table == "incidents":
        return incident_facts.is_party(about)
    if about.thing.table in _INVOLVED:
        return about.row is not None and about.deed.actor in _INVOLVED[about.thing.table](about)
    return about.case["checked_by"] == about.deed.actor


def _of(about: About, *names: str) -> list[object]:
    return [] if about.row is None else [about.row[name] for name in names]


_INVOLVED: Mapping[str, Callable[[About], list[object]]] = {
    "refunds": lambda about: [*_of(about, "collected_by"), *(about.row or {}).get("approved_by", ())],
    "charges": lambda about: [] if about.row is None else [transfers.taker_of(about.world, about.row)],
    "shifts": lambda about: _of(about, "courier"),
    "call_backs": lambda about: [*_of(about, "courier"), *(about.row or {}).get("arranged_by", ())],
    "run_sheet_lines": lambda about: _of(about, "typed_by"),
    "bags": lambda about: _of(about, "received_by"),
}
