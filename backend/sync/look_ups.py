"""What single kinds of act need beside the rows of their case: seats, labels, blocks, the catalogue of that day."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from backend.acts import queries as acts
from backend.acts.model import Act, Source
from backend.appointments.model import Book, MoveAppointment
from backend.clock import local_date
from backend.database import Transaction
from backend.documents import queries as documents
from backend.documents.model import Photograph
from backend.dossiers import queries as dossiers
from backend.dossiers.model import Confirm, Erase, Merge
from backend.dossiers.party_model import CorrectRegistration
from backend.fees import payment_queries as payments
from backend.fees import queries as fees
from backend.fees.model import Collect
from backend.fees.payment_model import (
    MatchBankCredit,
    Payment,
    PayRefund,
    RecordBankCredit,
    RecordUnmatchedCredit,
    ShowPaymentCode,
)
from backend.fees.references import is_reference, number_of
from backend.parcels import queries as parcels
from backend.parcels.model import (
    IssueLabelSets,
    LabelSet,
    Parcel,
    PrintLabelSets,
    RecordLabelLoss,
    Relabel,
    ReturnLabelSets,
    Seal,
    SeeOriginal,
    VoidLabelSets,
)
from backend.procedures import service as procedures
from backend.procedures.model import Component
from backend.registrations.model import Forward, Register, Registration
from backend.staff import queries as people
from backend.staff.own_posts import own_posts
from backend.sync.bag_look_ups import OF_BAGS, known_bags
from backend.sync.day_look_ups import OF_DAYS
from backend.sync.incident_look_ups import OF_LOSSES, incidents_of_cases, known_incidents
from backend.sync.model import ClearException
from backend.sync.money_about import credits_named
from backend.sync.people_look_ups import OF_PEOPLE
from backend.sync.presence_look_ups import OF_PRESENCE
from backend.sync.receipt_look_ups import OF_RECEIPTS
from backend.sync.result_look_ups import OF_RESULTS
from backend.sync.run_sheet_look_ups import OF_RUN_SHEETS
from backend.sync.window_look_ups import seats_hours_and_skill
from backend.sync.world import Key, Named, World
from backend.units import service as units
from backend.units.errors import NoSameLevelPost, NoSuchUnit
from backend.units.model import UnitId


async def _labels(tx: Transaction, world: World, named: Named) -> None:
    _know(world, await parcels.label_sets_by_label(tx, sorted({body.label for _, body in named})))


async def _both_labels(tx: Transaction, world: World, named: Named) -> None:
    """The new one and the one it is put in the place of."""
    old = [world.get(Parcel, act.subject[1], body.parcel_id) for act, body in named]
    labels = {body.label for _, body in named} | {one.label for one in old if one is not None and one.label is not None}
    _know(world, await parcels.label_sets_by_label(tx, sorted(labels)))


async def _numbered(tx: Transaction, world: World, named: Named) -> None:
    numbers = {number for _, body in named for number in body.numbers}
    _know(world, await parcels.label_sets_by_number(tx, sorted(numbers)))


async def _series(tx: Transaction, world: World, named: Named) -> None:
    world.next_set_number = await parcels.next_set_number(tx)
    await _numbered(tx, world, named)


async def _issued(tx: Transaction, world: World, named: Named) -> None:
    await _numbered(tx, world, named)
    for act, body in named:
        on, post = local_date(act.occurred_at), act.subject[1]
        held = await people.posts_of(tx, body.courier, on)
        if post in {one.unit_id for one in held} | await own_posts(tx, held, on):
            world.note("works_at", (body.courier, post))


def _know(world: World, sets: Sequence[LabelSet]) -> None:
    """A set that another act of the batch names as well is known already, as it was locked then."""
    world.learn(row for row in sets if world.get(LabelSet, row.number) is None)
    world.set_numbers |= {row.label: row.number for row in sets}


async def _pages(tx: Transaction, world: World, named: Named) -> None:
    world.learn(await documents.pages_by_id(tx, sorted({(act.subject[1], body.page_id) for act, body in named})))


async def _listed(tx: Transaction, world: World, named: Named) -> dict[Key, Sequence[Component] | None]:
    """By act: the papers of the catalogue that holds for its case. None: the list is not known."""
    regimes = {act.key: regime for act, _ in named if (regime := world.regime(act.subject[1])) is not None}
    known = await procedures.find_versions(tx, set(regimes.values()))
    found = {key: known.get(regime) for key, regime in regimes.items()}
    return {key: None if version is None else version.content.components for key, version in found.items()}


async def _asked_for(tx: Transaction, world: World, named: Named) -> None:
    """Whether the agency asks for a paper that stands on no published list."""
    asking = [(act, body) for act, body in named if body.components]
    listed = await _listed(tx, world, asking) if asking else {}
    for act, body in asking:
        papers = listed.get(act.key)
        if papers is not None and not {one.code for one in papers}.issuperset(body.components):
            world.note("unlisted", act.key)


async def _originals(tx: Transaction, world: World, named: Named) -> None:
    """What the catalogue that holds for the case says of each, and the pictures that were taken of it."""
    listed = await _listed(tx, world, named)
    for act, body in named:
        for component in listed.get(act.key) or ():
            if component.code == body.component:
                world.listed[act.key] = component
    world.learn(await documents.pages_of_papers(tx, sorted({(act.subject[1], body.paper_id) for act, body in named})))


async def _same_level(tx: Transaction, world: World, named: Named) -> None:
    for act, body in named:
        registration = world.get(Registration, act.subject[1], body.registration_id)
        if registration is None:
            continue
        on = local_date(registration.registered_at)  # the duty was that of the office of that day
        try:
            expected = await units.get_same_level_post(tx, UnitId(registration.unit_id), on)
        except (NoSameLevelPost, NoSuchUnit):
            continue
        if expected.id == body.to_unit:
            world.note("same_level", act.key)


def registering(act: Act, body: Register) -> tuple[str, date]:
    """The procedure, and the day whose catalogue will hold for the case."""
    return body.procedure, body.registered_on or local_date(act.occurred_at)


async def _registering(tx: Transaction, world: World, named: Named) -> None:
    asked = {act.key: registering(act, body) for act, body in named}
    known = await procedures.find_versions(tx, set(asked.values()))
    for key, procedure in asked.items():
        if (version := known.get(procedure)) is not None:
            world.note("procedure", key)
            world.recipient_classes[key] = version.content.recipients
    await _dossier_codes(tx, world, named)


async def _dossier_codes(tx: Transaction, world: World, named: Named) -> None:
    """Codes that another case has."""
    for act, body in named:
        if body.dossier_code is not None:
            live = await dossiers.live_case_of(tx, body.dossier_code)
            if live is not None and live != act.subject[1]:
                world.note("live_dossier", body.dossier_code)
            if await dossiers.is_closed(tx, body.dossier_code):
                world.note("closed_dossier", body.dossier_code)


async def _slips(tx: Transaction, world: World, named: Named) -> None:
    """Slips of a phone are numbered in it, those on paper for the courier whose run sheet they were on."""
    owners = [act.envelope.actor if act.source is Source.PAPER else act.envelope.made_by for act, _ in named]
    blocks = {owner: await fees.slip_blocks_of(tx, owner) for owner in set(owners)}
    for owner, (act, body) in zip(owners, named, strict=True):
        if any(first <= body.slip_number <= last for first, last in blocks[owner]):
            world.note("slip", (act.envelope.made_by, body.slip_number))


async def _references(tx: Transaction, world: World, named: Named) -> None:
    for maker in {act.envelope.made_by for act, _ in named}:
        blocks = await payments.reference_blocks_of(tx, maker)
        for _, body in named:
            number = number_of(body.reference) if is_reference(body.reference) else 0
            if any(first <= number <= last for first, last in blocks):
                world.note("reference", (maker, body.reference))
    await _payees(tx, world, named)


async def _payees(tx: Transaction, world: World, named: Named) -> None:
    """The accounts named, and those of the orders of the cases."""
    wanted = {body.account_id for _, body in named if hasattr(body, "account_id")}
    wanted |= {row.account_id for act, _ in named for row in world.of_case(Payment, act.subject[1])}
    if wanted:
        world.payees.update({payee.id: payee for payee in await payments.payees_by_id(tx, sorted(wanted))})


async def _credits(tx: Transaction, world: World, named: Named) -> None:
    wanted = sorted({credit for _, body in named for credit in credits_named(body)})
    world.learn(await payments.bank_credits_by_id(tx, wanted))
    for part in await payments.parts_of(tx, wanted):
        assert part.part_of is not None
        world.divided[part.part_of] = world.divided.get(part.part_of, 0) + part.amount
    await _payees(tx, world, named)


async def _waits_for_a_person(tx: Transaction, world: World, named: Named) -> None:
    for act, _ in named:
        if await acts.waiting_on(tx, act.subject[1]):
            world.note("in_review", act.key)


async def _erased(tx: Transaction, world: World, named: Named) -> None:
    await _waits_for_a_person(tx, world, named)
    await incidents_of_cases(tx, world, named)


async def _opened(tx: Transaction, world: World, named: Named) -> None:
    """What opened on a day, a bag, an incident or a stock, and whose that is; a case's is read with the case."""
    of = {kind: [one for one in named if one[0].subject[0] == kind] for kind in ("bag", "incident")}
    world.learn(
        await acts.open_exceptions(tx, sorted({act.subject[1] for act, _ in named if act.subject[0] != "case"}))
    )
    await known_bags(tx, world, of["bag"])
    await known_incidents(tx, world, of["incident"])


LOOK_UPS: dict[type[Any], Any] = {
    ClearException: _opened,
    Book: seats_hours_and_skill,
    MoveAppointment: seats_hours_and_skill,
    Seal: _labels,
    Relabel: _both_labels,
    PrintLabelSets: _series,
    IssueLabelSets: _issued,
    ReturnLabelSets: _numbered,
    VoidLabelSets: _numbered,
    RecordLabelLoss: _numbered,
    **OF_BAGS,
    **OF_DAYS,
    **OF_RECEIPTS,
    **OF_RESULTS,
    **OF_RUN_SHEETS,
    **OF_PEOPLE,
    **OF_PRESENCE,
    Photograph: _pages,
    SeeOriginal: _originals,
    **OF_LOSSES,
    Confirm: _asked_for,
    Forward: _same_level,
    Register: _registering,
    CorrectRegistration: _dossier_codes,
    Collect: _slips,
    ShowPaymentCode: _references,
    RecordUnmatchedCredit: _payees,
    RecordBankCredit: _credits,
    MatchBankCredit: _credits,
    PayRefund: _payees,
    Erase: _erased,
    Merge: _waits_for_a_person,
}
