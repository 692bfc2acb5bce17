"""Reporting an incident, adding to it, ending it. Returns new and changed rows; nothing is written here."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from backend.clock import local_date
from backend.incidents import queries
from backend.incidents.errors import CompensationTooLow, CompensationUnknown, EndingIncomplete
from backend.incidents.model import (
    AddToIncident,
    CompensationRule,
    EndIncident,
    Incident,
    IncidentThing,
    ReopenIncident,
    ReportIncident,
    ReportPersonal,
    Touched,
    rule_of,
)
from backend.parcels.model import HolderKind
from backend.text import gate

compensation_rules = queries.compensation_rules


def report(
    incident: UUID,
    body: ReportIncident,
    personal: ReportPersonal,
    *,
    by: UUID,
    happened_at: datetime,
    at: datetime,
) -> Incident:
    """`happened_at`: of the act; what is said to have happened later than it was reported, happened then. Raises
    UnusableCharacter."""
    gave = body.last_holder if body.last_holder is not None and body.last_holder.kind is not HolderKind.LOST else None
    return Incident(
        incident_id=incident,
        cause=body.cause,
        state="none",
        unit_id=body.answers or body.unit,
        reported_unit=body.unit,
        happened_at=min(body.happened_at or happened_at, happened_at),
        reported_at=at,
        reported_by=by,
        last_holder_kind=None if gave is None else gave.kind,
        last_holder=None if gave is None else gave.id,
        last_hand_over=body.last_hand_over,
        amount=body.amount,
        people=list(dict.fromkeys(body.people)),
        photographs=list(dict.fromkeys(body.photographs)),
        place=written(personal.place, "/personal/place"),
        note=written(personal.note, "/personal/note"),
        found_by=None if body.found_by is None else body.found_by.act_id,
    )


def written(text: str | None, pointer: str) -> str | None:
    """As it is kept. Raises UnusableCharacter."""
    return None if text is None else gate(text, pointer=pointer, lines=True).strip() or None


def things(incident: UUID, touched: Iterable[Touched]) -> list[IncidentThing]:
    """A case of which a paper or parcel is touched is touched as well."""
    named = list(touched)
    whole = [Touched(case, "case", case) for case in dict.fromkeys(one.case_id for one in named)]
    return [
        IncidentThing(case_id=one.case_id, incident_id=incident, kind=one.kind, thing_id=one.id, open=True)
        for one in dict.fromkeys([*whole, *named])
    ]


def add(known: Incident, body: AddToIncident, note: str | None) -> Incident:
    return replace(
        known,
        people=list(dict.fromkeys([*known.people, *body.people])),
        photographs=list(dict.fromkeys([*known.photographs, *body.photographs])),
        note="\n".join(part for part in (known.note, note) if part) or None,
    )


def take_on(known: Incident, by: UUID, at: datetime) -> Incident:
    return replace(known, taken_on_by=by, taken_on_at=at)


def end(known: Incident, body: EndIncident, rules: Sequence[CompensationRule], by: UUID, at: datetime) -> Incident:
    """Raises EndingIncomplete, CompensationUnknown, CompensationTooLow."""
    _whole(body, "replaced", (body.helped_by, body.paid_by), "Ghi ai giúp cấp lại và ai trả tiền.")
    _whole(body, "compensated", (body.postage, body.compensation), "Ghi cước đã trả và số tiền bồi thường.")
    if body.postage is not None and body.compensation is not None:
        _enough(known, rules, body.postage, body.compensation)
    return replace(
        known,
        ended_by=by,
        ended_at=at,
        helped_by=body.helped_by,
        paid_by=body.paid_by,
        postage=body.postage,
        compensation=body.compensation,
    )


def _whole(body: EndIncident, ending: str, said: Sequence[object], what: str) -> None:
    given = [one is not None for one in said]
    if body.ending == ending and not all(given):
        raise EndingIncomplete(what, pointer="/body/ending")
    if body.ending != ending and any(given):
        raise EndingIncomplete(
            "Cách kết thúc này không kèm các ô đã điền. Bỏ trống rồi gửi lại.", pointer="/body/ending"
        )


def _enough(known: Incident, rules: Sequence[CompensationRule], postage: int, compensation: int) -> None:
    rule = rule_of(rules, local_date(known.happened_at))
    if rule is None:
        raise CompensationUnknown("Chưa có mức bồi thường của ngày xảy ra. Báo quản trị hệ thống nhập mức của ngày đó.")
    least = rule.least(postage)
    if compensation < least:
        said = f"{least:,}".replace(",", ".")
        raise CompensationTooLow(
            f"Mức bồi thường ít nhất là {said} đồng ({rule.source}). Ghi lại số tiền.", pointer="/body/compensation"
        )


def reopen(known: Incident, body: ReopenIncident) -> Incident:
    nothing = dict.fromkeys(("ended_by", "ended_at", "helped_by", "paid_by", "postage", "compensation"))
    return replace(known, reopened_because=body.reason, **nothing)


def frozen(rows: Iterable[IncidentThing], *, open: bool) -> list[IncidentThing]:  # noqa: A002
    """What an incident touches, as it ends or is opened again."""
    return [replace(row, open=open) for row in rows if row.open != open]


def blanked(known: Incident) -> Incident:
    """What happened, and who did what when, stays."""
    return replace(known, place=None, note=None)
