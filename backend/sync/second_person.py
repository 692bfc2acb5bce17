"""Of whom whoever acts must be independent: who collected, signed, reported or received does not decide about it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from backend.fees.model import Charge, Shift
from backend.fees.payment_model import Refund
from backend.presence import call_back_model
from backend.presence.call_back_model import CallBack
from backend.run_sheets.model import RunSheetLine
from backend.sync.bag_facts import bag_of
from backend.sync.incident_facts import incident_of, is_party_to
from backend.sync.model import CountersignReview
from backend.sync.money_about import collector_of
from backend.sync.sheet import Fact, Facts, FactSheet

People = tuple[UUID | None, ...]


def same_person(sheet: FactSheet) -> Fact:
    if isinstance(sheet.body, CountersignReview):
        return sheet.body.made_by == sheet.do.actor
    if (incident := incident_of(sheet)) is not None:
        return is_party_to(incident, sheet.do.actor)
    concerned = INVOLVED.get(sheet.thing.kind) if sheet.thing is not None else None
    if concerned is not None:
        return sheet.do.actor in concerned(sheet)
    bag = bag_of(sheet)
    return sheet.do.actor == (sheet.do.case.checked_by if bag is None else bag.received_by)


def _of_refund(sheet: FactSheet) -> People:
    refund = sheet.do.world.get(Refund, *sheet.thing.key) if sheet.thing is not None else None
    return () if refund is None else (refund.collected_by, *refund.approved_by)


def _of_charge(sheet: FactSheet) -> People:
    return () if sheet.thing is None else (collector_of(sheet.do.world, sheet.do.subject, sheet.thing.key[-1]),)


def _of_call_back(sheet: FactSheet) -> People:
    row = sheet.do.world.get(CallBack, *sheet.thing.key) if sheet.thing is not None else None
    return () if row is None else tuple(call_back_model.concerned(row))


def _of_line(sheet: FactSheet) -> People:
    """Who typed it in. The courier, whose acts they are, may well compare it with the picture."""
    row = sheet.do.world.get(RunSheetLine, *sheet.thing.key) if sheet.thing is not None else None
    return () if row is None else (row.typed_by,)


INVOLVED: dict[type[Any], Callable[[FactSheet], People]] = {
    Refund: _of_refund,
    Charge: _of_charge,
    CallBack: _of_call_back,
    RunSheetLine: _of_line,
    Shift: lambda sheet: (sheet.do.shift().courier,),
}
"""By the kind of thing that is decided about."""

OF_PEOPLE: Facts = {"same_person": same_person}
