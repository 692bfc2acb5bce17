"""The facts of the rule table about incidents, as far as they follow from the acts."""

from collections.abc import Callable
from uuid import UUID

from backend.verify.replay.about import UNKNOWN, About, Value
from backend.verify.replay.deed import Deed
from backend.verify.replay.world import ANYTHING, Row


def _open(about: About) -> list[Row]:
    return [row for row in about.own("incident_things") if row["open"] is True]


def _unsure(about: About) -> bool:
    return any(row["open"] is ANYTHING for row in about.own("incident_things"))


def open_ones(about: About) -> int:
    """How many incidents that touch the case have not ended."""
    return len({row["incident_id"] for row in about.own("incident_things") if row["open"]})


def _incident_open(about: About) -> Value:
    if _open(about):
        return True
    return UNKNOWN if _unsure(about) else False


def _under_incident(about: About) -> Value:
    """A paper is frozen with the parcel it lies in."""
    things = {about.thing.key[-1], about.row.get("parcel_id") if about.row is not None else None}
    if any(row["kind"] != "case" and row["thing_id"] in things for row in _open(about)):
        return True
    return UNKNOWN if _unsure(about) else False


def _found_in_parcel(about: About) -> Value:
    parcel = about.row.get("parcel_id") if about.row is not None else None
    return parcel is not None and parcel in about.deed.uuids("parcel_ids")


def _second_person_missing(about: About) -> Value:
    """Who worked where on that day may have been corrected since."""
    if about.deed.kind != "open_on_record":
        return False
    return True if about.deed.uuid("second") == about.deed.actor else UNKNOWN


def is_party(about: About) -> Value:
    """Who reported it, and the courier who had things last."""
    row = about.row
    if row is None:
        return False
    return about.deed.actor == row["reported_by"] or (row["last_holder_kind"], row["last_holder"]) == (
        "courier",
        about.deed.actor,
    )


def receiving_unit(deed: Deed) -> UUID | None:
    """None: a person receives, or found it on the road."""
    if deed.kind == "record_found":
        return UUID(deed.body["unit"]) if deed.body.get("unit") and not deed.by_courier else None
    said = deed.body["to" if deed.kind == "offer" else "receiver"]
    return None if said["kind"] == "courier" else UUID(said["id"])


OF_INCIDENTS: dict[str, Callable[[About], Value]] = {
    "incident_open": _incident_open,
    "under_incident": _under_incident,
    "found_in_parcel": _found_in_parcel,
    "second_person_missing": _second_person_missing,
    "incident_ending": lambda about: about.deed.body["ending"],
}
