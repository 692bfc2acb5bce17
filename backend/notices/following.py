"""Follows the feed: each act that a template names becomes one notice, once, whatever happens in between.

Nothing is judged here: whether a message is still true, to whom and in which words it goes, is asked when it is due.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from backend.acts import feed
from backend.acts.feed import Happened, body_of
from backend.clock import VIETNAM
from backend.database import Transaction
from backend.ids import derived
from backend.notices import queries
from backend.notices.model import Notice
from backend.notices.queries import AboutVisit
from backend.notices.templates import Template, When, templates
from backend.notices.wording import window_begins

FOLLOWER = "notices"
PROMISES = frozenset({"book", "move_appointment"})
"""Acts that name a window."""


async def follow(tx: Transaction, at: datetime) -> bool:
    """Decides about what took effect since last time. Whether there is more to read at once."""
    news = await feed.news(tx, FOLLOWER, templates().kinds, at)
    found: list[Notice] = []
    for act in news.acts:
        found += await _notices_of(tx, act, at)
    await queries.add_notices(tx, found)
    return news.more


async def _notices_of(tx: Transaction, act: Happened, at: datetime) -> list[Notice]:
    body = body_of(act.data)
    visit = await queries.visit_of(tx, act.case_id, _id(body, "visit_id"), _id(body, "appointment_id"))
    found: list[Notice] = []
    for template in templates().templates:
        for when in template.when:
            if when.act == act.kind and await _fits(tx, when, act, body, visit):
                found.append(_notice(template, act, visit, at))
                break
    return found


def _id(body: Mapping[str, Any], name: str) -> UUID | None:
    value = body.get(name)
    return UUID(value) if isinstance(value, str) else None


async def _fits(tx: Transaction, when: When, act: Happened, body: Mapping[str, Any], visit: AboutVisit | None) -> bool:
    if when.purpose and (visit is None or visit.purpose not in when.purpose):
        return False
    if when.place and (visit is None or visit.place not in when.place):
        return False
    if not _is_said(when, body):
        return False
    if when.enters:
        now = act.left("case")
        if now not in when.enters or await feed.state_before(tx, act.case_id, act.n) == now:
            return False
    return not when.moved or await _moved(tx, act, body)


def _is_said(when: When, body: Mapping[str, Any]) -> bool:
    """Whether the act says what the message is about. An incident that an act brought to light says by which."""
    for name, among in (
        ("reason", when.reason),
        ("cause", when.cause),
        ("ending", when.ending),
        ("outcome", when.outcome),
    ):
        if among and body.get(name) not in among:
            return False
    return not (when.cause and body.get("found_by") is not None)


async def _moved(tx: Transaction, act: Happened, body: Mapping[str, Any]) -> bool:
    """Whether another day or window was promised before; a change of courier alone is nothing to tell."""
    promised = await feed.commands_of(tx, act.case_id, PROMISES, act.n)
    before = [one for one in promised if one.get("appointment_id") == body.get("appointment_id")]
    return not before or any(before[-1].get(name) != body.get(name) for name in ("day", "window"))


def _notice(template: Template, act: Happened, visit: AboutVisit | None, at: datetime) -> Notice:
    due = _due(template, visit, at)
    return Notice(
        case_id=act.case_id,
        notice_id=derived("notice", act.made_by.hex, act.id.hex, template.name),
        made_by=act.made_by,
        act_id=act.id,
        n=act.n,
        template=template.name,
        visit_id=None if visit is None else visit.visit_id,
        occurred_at=act.occurred_at,
        decided_at=at,
        due_at=due,
        next_at=due,
        expires_at=_expires(template, act, visit),
    )


def _due(template: Template, visit: AboutVisit | None, at: datetime) -> datetime:
    if template.due is None or visit is None:
        return at
    day = visit.day - timedelta(days=template.due.days_before)
    return max(at, datetime.combine(day, template.due.at, VIETNAM))


def _expires(template: Template, act: Happened, visit: AboutVisit | None) -> datetime:
    """The end of its life, by the act's own time (F24). Without a visit a message about one is late at once."""
    if template.life.minutes is not None:
        return act.occurred_at + timedelta(minutes=template.life.minutes)
    return act.occurred_at if visit is None else window_begins(visit.day, visit.time_window)
