"""The list of a desk: own cases, and what is next on each for the clerk who looks."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from msgspec.structs import replace

from backend.database import Transaction
from backend.dossiers.service import WAY
from backend.staff.model import Clerk, Reach, Role
from backend.web import alike_queries, queries, talk_queries
from backend.web.forms.field import Form
from backend.web.forms.planning import FORWARDING
from backend.web.forms.situation import Situation
from backend.web.forms.table import offered
from backend.web.published import Published, published
from backend.web.reading import LONGEST_LIST, READERS, scope_of, search, situations, views
from backend.web.views import CaseLine, CaseView, NextAct, Scope
from backend.web.words import OVER, state_words, states

REVIEWERS = (*READERS, Role.CASHIER, Role.ADMINISTRATOR)
"""Who looks at what waits. It has no citizen's name in it."""
ENDED = ("closed", "cancelled", "withdrawn", "merged")


class Found(msgspec.Struct, frozen=True):
    """`lines`: as searched for. `more`: there are others."""

    lines: Sequence[CaseLine]
    more: bool


async def found(
    tx: Transaction,
    services: Transaction,
    clerk: Clerk,
    at: datetime,
    *,
    forward_within: timedelta,
    state: str | None = None,
    text: str | None = None,
    asked: bool = False,
    alike: bool = False,
) -> Found:
    """Own cases: those a text finds, those the post asks about, those that may be one matter, those in a state, or all.
    `tx`: sees what the clerk may see."""
    scope = scope_of(clerk)
    if text and text.strip():
        cases = await search(tx, scope, text, LONGEST_LIST + 1)
    elif asked:
        cases = await asked_about(tx, clerk)
    elif alike:
        cases = await alike_queries.cases_alike(tx, scope, WAY, LONGEST_LIST + 1)
    else:
        cases = await newest(tx, scope, LONGEST_LIST + 1, state=state)
    shown = await views(tx, services, cases[:LONGEST_LIST])
    forms = await offered(services, await situations(tx, clerk, shown, at), main=True)
    lines = [
        _line(case, next_of, late=overdue(case, at, forward_within)) for case, next_of in zip(shown, forms, strict=True)
    ]
    return Found(lines, more=len(cases) > LONGEST_LIST)


async def newest(tx: Transaction, scope: Scope, limit: int, *, state: str | None = None) -> list[UUID]:
    """The newest in a state, or of all: then those that go on stand before those that have ended."""
    if state is not None:
        return await queries.find_cases(tx, scope, states=[state], limit=limit)
    going = [one for one in states() if one not in ENDED]
    cases = await queries.find_cases(tx, scope, states=going, limit=limit)
    if len(cases) < limit:
        cases += await queries.find_cases(tx, scope, states=ENDED, limit=limit - len(cases))
    return cases


async def asked_about(tx: Transaction, clerk: Clerk) -> list[UUID]:
    """Cases of which the post waits for an answer of the clerk's agency, the longest first; one more than is shown."""
    agencies = sorted(clerk.units(Role.ONE_STOP_OFFICER))
    return await talk_queries.cases_asked_about(tx, agencies, LONGEST_LIST + 1) if agencies else []


async def counted(tx: Transaction, scope: Scope) -> dict[str, int]:
    """How many own cases are in each state, in the order of the states; where there are any."""
    found = dict(await queries.states_counted(tx, scope, states()))
    return {state: found[state] for state in states() if state in found}


class Before(msgspec.Struct, frozen=True):
    """One case before a clerk: what it is, what the catalogue says of it, and what may be done with it now."""

    about: Situation
    told: Published
    forms: Sequence[Form]


async def before(tx: Transaction, services: Transaction, clerk: Clerk, case: CaseView, at: datetime) -> Before:
    """`tx`: sees what the clerk may see."""
    about, told = await seen(tx, clerk, case, at)
    return Before(about, told, (await offered(services, [about]))[0])


async def seen(tx: Transaction, clerk: Clerk, case: CaseView, at: datetime) -> tuple[Situation, Published]:
    """A case before a clerk who only reads, and what the catalogue says of it."""
    [about] = await situations(tx, clerk, [case], at)
    told = await published(tx, case, about.reached, at)
    return replace(about, due_on=told.due.on if told.due is not None else None), told


def review_scope(clerk: Clerk) -> Scope:
    """What waits at the clerk's offices, or everywhere."""
    everywhere = clerk.reach is Reach.PROVINCE or clerk.holds(Role.ADMINISTRATOR)
    return Scope(sorted(clerk.units(*READERS, Role.CASHIER)), everywhere=everywhere)


def overdue(case: CaseView, at: datetime, within: timedelta) -> bool:
    """Whether the post has not acknowledged what 1022 or a one-stop had to forward, for longer than that (row 21)."""
    return case.state not in OVER and any(
        one.channel in FORWARDING and one.acknowledged_at is None and at - one.registered_at > within
        for one in case.registrations
    )


def _line(case: CaseView, forms: Sequence[Form], *, late: bool) -> CaseLine:
    visit = case.live_visit
    kinds = {form.kind: form for form in forms}
    return CaseLine(
        case_id=case.case_id,
        state=case.state,
        state_vi=state_words(case.state).vi,
        version=case.version,
        owner_name=case.owner_name,
        dossier_code=case.dossier_code,
        procedure=case.procedure,
        channel=case.channel,
        model=case.model,
        opened_at=case.opened_at,
        day=visit.day if visit else None,
        time_window=visit.time_window if visit else None,
        courier_name=visit.courier_name if visit else None,
        exceptions=len(case.exceptions),
        reviews=len(case.reviews),
        incidents=sum(one.open for one in case.incidents),
        overdue=late,
        next=[NextAct(form.kind, form.title.vi, form.title.en) for form in kinds.values()],
    )
