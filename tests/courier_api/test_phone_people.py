"""What the phone offers at a door is what the centre takes: who answers a question, how a paper is signed, who may act
by which paper, amounts in words, the numbers of a label set."""

import random
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from msgspec.structs import replace

from backend.consents.model import RecordConsent, everybody_answered
from backend.dossiers import mandates
from backend.dossiers.mandate_model import Mandate
from backend.dossiers.party_model import Party, PartyKind, PartyRole
from backend.parcels.codes import item_number
from backend.parcels.labels import make_label
from backend.procedures import people
from backend.procedures.amounts import MOST, in_words
from backend.procedures.model import Authority, Component, Content, MayAct, Relation, SignatureMode, Signing
from backend.procedures.seed import samples
from tests.courier_api.asking import answers

ON = date(2026, 11, 25)
OFFERED = ("drawn", "representative", "ink", "fingerprint", "witnessed")
"""Modes that a courier's phone takes down, in its order."""


def party(role: PartyRole, born: str | None, kind: PartyKind = PartyKind.PERSON) -> Party:
    return Party(case_id=UUID(int=1), party_id=UUID(int=2), role=role, kind=kind, name=role, born=born)


def births() -> list[str | None]:
    """Around every age that counts, by day and by year alone, and such that no calendar has."""
    ages = people.ages(ON)
    days = [
        ON.replace(year=ON.year - years) + timedelta(days=by)
        for years in (ages.child_answers, ages.adult)
        for by in (-1, 0, 1)
    ]
    years = [str(ON.year - age) for age in (*range(5, 10), *range(16, 21), 80)]
    return [None, "2019-02-30", "2008-02-30", *(day.isoformat() for day in days), *years]


def cases() -> list[tuple[list[Party], bool]]:
    beside: list[list[Party]] = [
        [],
        [party(PartyRole.REPRESENTATIVE, "1980")],
        [party(PartyRole.FILER, "1980"), party(PartyRole.AUTHORISED, "1990")],
    ]
    owners = [[party(PartyRole.OWNER, born)] for born in births()]
    owners += [[], [party(PartyRole.OWNER, None, PartyKind.ORGANISATION)]]
    return [([*owner, *others], private) for owner, others, private in product(owners, beside, (True, False))]


def body(answered_as: str, child_agrees: bool | None) -> RecordConsent:
    told = {"extra": "place_mark", "given": True, "version": "1", "text_sha256": "ab" * 32}
    return msgspec.convert(told | {"answered_as": answered_as, "child_agrees": child_agrees}, RecordConsent)


def test_whoever_is_asked_is_whose_answer_counts() -> None:
    asked = cases()
    said = answers(
        {"ask": "consent", "parties": msgspec.to_builtins(parties), "private_life": private, "on": ON.isoformat()}
        for parties, private in asked
    )
    ages, children = people.ages(ON), 0
    for (parties, private), one in zip(asked, said, strict=True):

        def lawful(answered_as: str, child: bool | None) -> bool:
            return everybody_answered(body(answered_as, child), parties, ages, ON, private_life=private)  # noqa: B023

        assert lawful(one["as"], True if one["child"] else None), (parties, private)
        if one["child"]:
            children += 1
            assert not lawful(one["as"], None), (parties, private)
            assert not lawful(one["as"], False), (parties, private)
    assert children > 10


def test_a_paper_is_signed_in_the_modes_that_the_centre_accepts() -> None:
    asked: list[tuple[Content | None, str]] = [(None, document) for document in ("slip", "hand_over", "to_khai")]
    for version in samples():
        asked += [(version.content, code.code) for code in version.content.components or ()]
        asked += [(version.content, "slip"), (version.content, "declaration")]
    modes = tuple(SignatureMode)
    chance = random.Random(6)
    for _ in range(300):
        own = [
            Signing(document=document, modes=tuple(chance.sample(modes, 3)), witnesses=chance.randint(1, 4))
            for document in chance.sample(("slip", "declaration", "to_khai", "hand_over"), chance.randint(0, 2))
        ]
        listed = Component(code="to_khai", name="Tờ khai", signatures=tuple(chance.sample(modes, chance.randint(0, 2))))
        asked.append((Content(signing=tuple(own), components=(listed,)), chance.choice(("slip", "to_khai", "other"))))
    said = answers(
        {"ask": "signing", "says": msgspec.to_builtins(content), "document": document, "on": ON.isoformat()}
        for content, document in asked
    )
    for (content, document), one in zip(asked, said, strict=True):
        known = people.signing(content, document, ON)
        wanted = {"modes": [mode for mode in OFFERED if mode in known.modes], "witnesses": known.witnesses}
        assert one == wanted, (content, document)


DAYS = ("2020-07-15", "2020-07-16", "2026-11-24", "2026-11-25", "2026-11-26")
"""About the day on which the law of kinship changed, and about the last day of a paper."""


def what_procedures_ask(chance: random.Random) -> list[tuple[MayAct, ...] | None]:
    found = [version.content.acting for version in samples()]
    relations, authorities = tuple(Relation), tuple(Authority)
    for _ in range(60):
        rows = [
            MayAct(who=chance.choice(relations), authority=chance.choice(authorities))
            for _ in range(chance.randint(0, 4))
        ]
        found.append(tuple(rows))
    return [None, (), *found]


def test_whoever_shows_a_paper_may_act_at_the_door_as_at_the_centre() -> None:
    chance = random.Random(5)
    shown = [people.Shown(authority, proved) for authority in Authority for proved in (False, True)]
    asked = [
        (acting, relation, chance.sample(shown, chance.randint(0, 2)), chance.choice(DAYS))
        for acting in what_procedures_ask(chance)
        for relation in (None, *Relation)
        for _ in range(3)
    ]
    said = answers(
        {"ask": "may_act", "acting": msgspec.to_builtins(acting), "relation": relation, "on": on}
        | {"shown": msgspec.to_builtins(papers)}
        for acting, relation, papers, on in asked
    )
    wanted = [
        people.may_act(acting, relation, papers, date.fromisoformat(on)) for acting, relation, papers, on in asked
    ]
    assert said == wanted, next(one for one, here, there in zip(asked, said, wanted, strict=True) if here != there)
    assert min(wanted.count(True), wanted.count(False)) > 200


def a_case(chance: random.Random) -> tuple[Party, list[Mandate]]:
    """Somebody of it, and the papers that were recorded."""
    days = (None, *(date.fromisoformat(day) for day in DAYS))
    agent = replace(
        party(chance.choice(tuple(PartyRole)), None),
        relation=chance.choice((None, *Relation)),
        authority=chance.choice((None, None, *Authority)),
        authority_until=chance.choice(days),
        since=chance.choice(days),
    )
    papers = [
        Mandate(
            case_id=agent.case_id,
            mandate_id=UUID(int=10 + number),
            party_id=chance.choice((agent.party_id, agent.party_id, UUID(int=3))),
            authority=chance.choice(("mandate", "certified_mandate", "introduction")),
            kinship_proved=chance.random() < 0.5,
            from_day=chance.choice(days[1:]) or ON,
            last_day=chance.choice(days),
            page_id=None,
            state=chance.choice(("in_force", "in_force", "revoked")),
            recorded_by=UUID(int=4),
            recorded_at=datetime(2026, 11, 25, tzinfo=UTC),
        )
        for number in range(chance.randint(0, 3))
    ]
    return agent, papers


def test_a_paper_holds_at_the_door_on_the_days_on_which_it_holds_at_the_centre() -> None:
    chance = random.Random(25)
    asked = [(a_case(chance), chance.choice(what_procedures_ask(chance)), chance.choice(DAYS)) for _ in range(1500)]
    said = answers(
        {"ask": "authority", "met": str(agent.party_id), "acting": msgspec.to_builtins(acting), "on": on}
        | {"one": {"parties": [msgspec.to_builtins(agent)], "mandates": msgspec.to_builtins(papers)}}
        for (agent, papers), acting, on in asked
    )
    for ((agent, papers), acting, day), one in zip(asked, said, strict=True):
        on = date.fromisoformat(day)
        own = [each for each in papers if each.party_id == agent.party_id]
        asks = acting is not None and agent.role in mandates.ACTING
        enough = not asks or people.may_act(acting, agent.relation, mandates.shown_by(agent, own, on), on)
        assert one == (mandates.is_live(agent, own, on) and enough), (agent, papers, acting, day)
    assert min(said.count(True), said.count(False)) > 200


def test_amounts_are_said_as_at_the_centre() -> None:
    chance = random.Random(21_000)
    amounts = [0, 1, 5, 10, 11, 15, 21, 105, 1_000_005, MOST, *(chance.randrange(10**power) for power in range(1, 13))]
    amounts += [chance.randint(0, MOST) for _ in range(2000)]
    [said] = answers([{"ask": "amounts", "amounts": amounts}])
    assert said == [in_words(amount) for amount in amounts]


def test_a_label_says_the_numbers_that_are_printed_on_its_set() -> None:
    key, chance = ec.generate_private_key(ec.SECP256R1()), random.Random(10)
    numbers = [0, 1, 99_999_999, *(chance.randrange(10**8) for _ in range(100))]
    said: list[Any]
    [said] = answers([{"ask": "sets", "labels": [make_label(key, number) for number in numbers]}])
    assert said == [[number, item_number(number)] for number in numbers]
