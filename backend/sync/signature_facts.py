"""Facts about a signature (F06): the mode, its evidence, who saw it; and what was read back and is not signed."""

from typing import Any
from uuid import UUID

from backend.clock import local_date
from backend.documents.model import Page
from backend.dossiers.party_model import Party
from backend.procedures import people
from backend.procedures.model import Signing
from backend.signatures import service as signatures
from backend.signatures import witnesses
from backend.signatures.model import ON_PAPER, Mode, Reading, Sign, Signature, SignPersonal, WitnessTold
from backend.sync.doing import Doing
from backend.sync.form_facts import OF_FORMS
from backend.sync.party_effects import personal_of
from backend.sync.sheet import Fact, Facts, FactSheet
from backend.visits.model import Visit


def _signing(do: Doing, body: Sign) -> Signing:
    return people.signing(do.world.contents.get(do.act.key), body.document, local_date(do.act.occurred_at))


def _told(do: Doing) -> list[WitnessTold]:
    return personal_of(do, SignPersonal).witnesses if do.act.personal is not None else []


def mode_accepted(do: Doing, body: Sign) -> bool:
    """By the representative is signed for who is represented, whatever the hand."""
    return body.mode in _signing(do, body).modes and (body.mode is not Mode.REPRESENTATIVE or body.signer != "owner")


def page_missing(do: Doing, body: Sign) -> bool:
    there = [do.world.get(Page, do.subject, page) for page in body.page_ids]
    return (body.mode in ON_PAPER and not there) or None in there


def finger_named(_do: Doing, body: Sign) -> bool:
    return (body.mode is Mode.FINGERPRINT) == (body.finger is not None)


def as_read(do: Doing, body: Sign) -> bool:
    """Where the form was read back, that very form: the same version, the same content."""
    reading = do.world.get(Reading, do.subject, body.document)
    if reading is None:
        return True
    return bytes.fromhex(body.shown_sha256) == reading.content_sha256 and (
        body.form_version in (None, reading.form_version)
    )


def witnesses_missing(do: Doing, body: Sign) -> int:
    if body.mode is not Mode.WITNESSED:
        return 0
    return max(_signing(do, body).witnesses - len(body.witnesses), 0)


def witness_signed(do: Doing, body: Sign) -> bool:
    """And their page is there, where it is one."""
    pages = [do.world.get(Page, do.subject, one.page_id) for one in body.witnesses if one.page_id is not None]
    return None not in pages and witnesses.is_named_and_signed(body, _told(do))


def witness_is_courier(do: Doing, body: Sign) -> bool:
    visit = do.world.get(Visit, body.visit_id)
    staff = {do.actor} | ({visit.courier} if visit is not None else set[UUID]())
    return witnesses.is_one_of(_told(do), [name for one in staff if (name := do.world.staff_names.get(one))])


def witness_gains(do: Doing, _body: Sign) -> bool:
    return witnesses.gains(_told(do), do.world.of_case(Party, do.subject))


def witness_adult(do: Doing, body: Sign) -> bool:
    on = local_date(do.act.occurred_at)
    return witnesses.are_adult(body.witnesses, _told(do), on, people.ages(on).witness)


def is_accepted(do: Doing, body: Sign) -> bool:
    """Whether nothing is wrong with it. What is not accepted is kept, and counts for nothing."""
    return (
        mode_accepted(do, body)
        and as_read(do, body)
        and not page_missing(do, body)
        and finger_named(do, body)
        and witnesses_missing(do, body) == 0
        and witness_signed(do, body)
        and not witness_is_courier(do, body)
        and not witness_gains(do, body)
        and witness_adult(do, body)
    )


def unsigned_in(do: Doing, visit_id: UUID) -> int:
    """Forms read back in a visit of the case that nobody has signed as they want it."""
    world, case = do.world, do.subject
    return signatures.unsigned(visit_id, world.of_case(Reading, case), world.of_case(Signature, case))


def declarations_unsigned(sheet: FactSheet) -> Fact:
    visit_id: Any = getattr(sheet.body, "visit_id", None)
    return unsigned_in(sheet.do, visit_id) if visit_id is not None else 0


OF_SIGNATURES: Facts = {
    **OF_FORMS,
    "mode_accepted": lambda sheet: mode_accepted(sheet.do, sheet.body),
    "signed_as_read": lambda sheet: as_read(sheet.do, sheet.body),
    "signed_page_missing": lambda sheet: page_missing(sheet.do, sheet.body),
    "finger_named": lambda sheet: finger_named(sheet.do, sheet.body),
    "witnesses_missing": lambda sheet: witnesses_missing(sheet.do, sheet.body),
    "witness_signed": lambda sheet: witness_signed(sheet.do, sheet.body),
    "witness_is_courier": lambda sheet: witness_is_courier(sheet.do, sheet.body),
    "witness_gains": lambda sheet: witness_gains(sheet.do, sheet.body),
    "witness_adult": lambda sheet: witness_adult(sheet.do, sheet.body),
    "declarations_unsigned": declarations_unsigned,
}
