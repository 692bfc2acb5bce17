"""How an act of a desk is written: one transaction of its own, and once however often the form is sent."""

import json
import secrets
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Any, cast
from uuid import UUID

import msgspec

from backend.acts.envelope import Subject
from backend.acts.model import Answer, Standing
from backend.acts.queries import find_inboxed
from backend.database import Transaction, untangled
from backend.errors import Invalid, Refusal
from backend.ids import derived
from backend.staff import enrolment
from backend.staff.entrance import Entrance
from backend.staff.model import Clerk
from backend.sync import desk
from backend.sync.rows import answer_of
from backend.text import gate
from backend.web import office_queries
from backend.web.limits import Guesses
from backend.web.numbering import numbered, numbered_together

DEVICE_KINDS = {"revoke_device": enrolment.revoke_device, "report_device_lost": enrolment.report_lost}
"""What those who own phones carry out; the act is then recorded on the phone's chain."""


class SealedTooMuch(Invalid):
    """Phần riêng tư chưa đúng."""


class FromDesk(msgspec.Struct, frozen=True, kw_only=True):
    """An act as a desk sends it. `personal` goes into the sealed part; a salt is added here."""

    id: UUID
    subject: Subject
    kind: str
    base: int
    body: dict[str, Any]
    personal: dict[str, Any] | None = None


async def write(entrance: Entrance, clerk: Clerk, told: FromDesk) -> Answer:
    """Raises Refused, SameIdOtherContent, CaseNotFound, NotYourCase and whatever else the act may be refused with."""

    async def attempt() -> Answer:
        async with entrance.service.transaction() as tx:
            await office_queries.one_at_a_time(tx, clerk.person_id, told.id)
            return await _written(tx, entrance, clerk, told)

    return await untangled(attempt)


async def write_together(
    entrance: Entrance, clerk: Clerk, told: FromDesk, others: Mapping[UUID, dict[str, Any]]
) -> None:
    """An act on a case and the same on others of its household: all, or none. Only of kinds that touch no field.

    Raises as `write`."""

    async def attempt() -> None:
        async with entrance.service.transaction() as tx:
            await office_queries.one_at_a_time(tx, clerk.person_id, told.id)
            if await is_done(tx, clerk, told.id, told.kind, told.subject.id):
                return
            bodies = {told.subject.id: gated(told.body, "/body"), **others}
            bodies = await numbered_together(tx, clerk.person_id, told.kind, bodies)
            acts = [
                desk.Told(
                    person=clerk.person_id,
                    id=told.id if case == told.subject.id else derived("together", told.id.hex, case.hex),
                    subject=Subject("case", case),
                    kind=told.kind,
                    body=body,
                    personal=None,
                    at=entrance.clock(),
                )
                for case, body in bodies.items()
            ]
            await desk.act_together(tx, entrance.ring, acts)

    return await untangled(attempt)


@asynccontextmanager
async def once(tx: Transaction, clerk: Clerk, act: UUID, kind: str, subject: UUID) -> AsyncGenerator[None]:
    """Around reading a form and writing its act. A form that comes twice, at the same time too, may be refused for what
    it has itself brought about: then it is done. Raises Refusal for all else."""
    try:
        yield
    except Refusal:
        if not await is_done(tx, clerk, act, kind, subject):
            raise


async def is_done(tx: Transaction, clerk: Clerk, act: UUID, kind: str, subject: UUID | None) -> bool:
    """Whether that very form was sent before and took effect: what it was about may have changed by that. `subject`:
    None where it can no longer be told."""
    row = (await find_inboxed(tx, [(clerk.person_id, act)])).get((clerk.person_id, act))
    return row is not None and row.kind == kind and subject in (None, row.subject_id)


async def write_proved(guesses: Guesses, entrance: Entrance, clerk: Clerk, told: FromDesk) -> Answer:
    """The same where it may be an act by a code that somebody reads out. Raises TooManyGuesses as well."""
    if told.body.get("proved_by") != "code":
        return await write(entrance, clerk, told)
    who = str(clerk.person_id)
    guesses.enter(who, "")
    try:
        return await write(entrance, clerk, told)
    except Refusal:
        guesses.was_wrong(who, "")
        raise


async def _written(tx: Transaction, entrance: Entrance, clerk: Clerk, told: FromDesk) -> Answer:
    if told.subject.kind == "device" and told.kind in DEVICE_KINDS:
        return await _about_phone(tx, entrance, clerk, told)
    body = gated(told.body, "/body")
    if not await is_done(tx, clerk, told.id, told.kind, told.subject.id):  # else what was said the first time stands
        body = await numbered(tx, clerk.person_id, told.kind, body)
    return await desk.act(
        tx,
        entrance.ring,
        person=clerk.person_id,
        id=told.id,
        subject=told.subject,
        kind=told.kind,
        base=told.base,
        body=body,
        personal=_salted(told.personal),
        at=entrance.clock(),
    )


async def _about_phone(tx: Transaction, entrance: Entrance, clerk: Clerk, told: FromDesk) -> Answer:
    """It happens once to a phone, whatever the id of the form: the act's id follows from the phone."""
    device = told.subject.id
    carried_out = DEVICE_KINDS[told.kind]
    await carried_out(tx, device, posts=clerk.posts, by=clerk.person_id, at=entrance.clock(), record=entrance.record)
    key = (clerk.person_id, derived(told.kind, str(device)))
    row = (await find_inboxed(tx, [key])).get(key)
    if row is None:
        return Answer(id=told.id, fingerprint="", standing=Standing.APPLIED)
    return msgspec.structs.replace(answer_of(row), id=told.id)


def _salted(personal: dict[str, Any] | None) -> bytes | None:
    if personal is None:
        return None
    if "salt" in personal:
        raise SealedTooMuch("Trung tâm tự thêm muối. Bỏ mục salt rồi gửi lại.", pointer="/personal/salt")
    told = {"salt": secrets.token_hex(16)} | gated(personal, "/personal")
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def gated(value: Any, pointer: str) -> Any:
    """Every text in it through the text gate, names of fields too. Raises UnusableCharacter."""
    if isinstance(value, str):
        return gate(value, pointer=pointer, lines=True)
    if isinstance(value, list):
        return [gated(item, f"{pointer}/{place}") for place, item in enumerate(cast("list[Any]", value))]
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        return {gate(name, pointer=pointer): gated(item, f"{pointer}/{name}") for name, item in fields.items()}
    return value
