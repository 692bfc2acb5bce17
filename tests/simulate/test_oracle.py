"""The witness reads a case's chain: each act that took effect stands there once, and what did not stands nowhere."""

import json
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

import pytest

from backend.simulate.case import new_case
from backend.simulate.faults import Faults
from backend.simulate.forms import COMPONENTS
from backend.simulate.journal import Journal
from backend.simulate.oracle import BY_ITSELF, Oracle
from backend.simulate.outbox import Answer, Standing, Written
from backend.simulate.plan import plan
from backend.simulate.sheet import Line
from tests.simulate.showing import Place

PHONE, CENTRE, ACT, INCIDENT, OTHER = (UUID(int=number) for number in range(1, 6))

Chain = list[dict[str, Any]]


def chained(n: int, act: UUID = ACT, made_by: UUID = PHONE, kind: str = "depart") -> dict[str, Any]:
    return {"n": n, "id": act, "made_by": made_by, "kind": kind}


class Asked(Place):
    """One phone's act on the case, and what the witness finds in a chain."""

    def __init__(self, journal: Journal) -> None:
        super().__init__(journal)
        self.page: dict[str, Any] = {"state": "registered"}
        self.act = self.makes(ACT, "case", self.case.id, "depart")

    def makes(self, act_id: UUID, subject_kind: str, subject: UUID, kind: str) -> Written:
        act = Written(
            made_by=PHONE, id=act_id, subject_kind=subject_kind, subject=subject, kind=kind, data=b"", fingerprint="f"
        )
        return self.journal.made(act, "máy 1")

    def hears(self, standing: Standing, n: int | None = None) -> None:
        self.journal.sent(self.act)
        self.journal.heard(self.act, Answer(id=ACT, fingerprint="f", standing=standing, n=n))

    async def finds(self, *chain: dict[str, Any]) -> dict[str, list[str]]:
        """By kind of finding."""
        shown = json.loads(json.dumps(self.page | {"timeline": chain}, default=str))
        self.server.says(f"GET /api/desk/cases/{self.case.id}", json=shown)
        await Oracle(self.journal, self.line).ask_cases([(self.case, [self.desk])])
        found = {name: getattr(self.journal, name) for name in ("lost", "doubled", "stuck", "wrong")}
        return {name: [one.what for one in of] for name, of in found.items() if of}


@pytest.fixture
async def asked(journal: Journal) -> AsyncGenerator[Asked]:
    made = Asked(journal)
    yield made
    await made.line.close()


async def test_an_act_that_took_effect_stands_in_the_chain_by_its_number(asked: Asked) -> None:
    asked.hears(Standing.APPLIED, 1)
    assert await asked.finds(chained(1)) == {}


async def test_an_act_that_took_effect_is_missed(asked: Asked) -> None:
    asked.hears(Standing.APPLIED, 1)
    assert await asked.finds() == {"lost": ["not in the chain"]}


async def test_an_act_under_another_number_is_found(asked: Asked) -> None:
    asked.hears(Standing.APPLIED, 2)
    assert await asked.finds(chained(1)) == {"lost": ["elsewhere in the chain"]}


@pytest.mark.parametrize("standing", sorted(set(Standing) - {Standing.APPLIED}))
async def test_an_act_that_took_no_effect_is_not_in_the_chain(asked: Asked, standing: Standing) -> None:
    asked.hears(standing)
    assert await asked.finds(chained(1)) == {"doubled": [f"in the chain, but {standing}"]}


async def test_a_slip_s_number_that_stands_on_two_cases_is_found(asked: Asked) -> None:
    slip = {"slip_number": 7, "total": 8_000, "change_given": 0}
    shown = {"state": "registered", "timeline": [], "slips": [slip]}
    other = new_case(asked.naming, plan(2, 1, 1, Faults()).pick_ups[0], "second", COMPONENTS)
    other.expects.states = ("registered",)
    for case in (asked.case, other):
        asked.server.says(f"GET /api/desk/cases/{case.id}", json=shown)
    await Oracle(asked.journal, asked.line).ask_cases([(case, [asked.desk]) for case in (asked.case, other)])
    assert [one.what for one in asked.journal.doubled] == ["a slip's number"]


async def test_an_act_that_was_never_sent_is_not_in_the_chain(asked: Asked) -> None:
    assert await asked.finds(chained(1)) == {"doubled": ["in the chain, but never sent"]}


async def test_what_a_desk_was_refused_is_not_in_the_chain(asked: Asked) -> None:
    asked.journal.sent(asked.act)
    asked.journal.was_refused(asked.act, "not-now")
    assert await asked.finds(chained(1)) == {"doubled": ["in the chain, but refused"]}


@pytest.mark.parametrize("kind", sorted(BY_ITSELF - {"record_bank_credit"}))
async def test_what_the_centre_does_by_itself_may_be_there(asked: Asked, kind: str) -> None:
    asked.hears(Standing.APPLIED, 1)
    assert await asked.finds(chained(1), chained(2, INCIDENT, CENTRE, kind)) == {}


@pytest.mark.parametrize("kind", ["confirm", "void_charge", "move_appointment", "release_result"])
async def test_what_nobody_made_is_found_though_the_rules_let_the_centre_do_it(asked: Asked, kind: str) -> None:
    asked.hears(Standing.APPLIED, 1)
    assert await asked.finds(chained(1), chained(2, INCIDENT, CENTRE, kind)) == {"doubled": ["nobody made it"]}


async def test_an_act_in_the_name_of_a_phone_that_the_phone_did_not_make_is_found(asked: Asked) -> None:
    asked.hears(Standing.APPLIED, 1)
    assert await asked.finds(chained(1), chained(2, INCIDENT, PHONE, "open_duty")) == {"doubled": ["nobody made it"]}


async def test_the_child_of_an_act_about_many_cases_is_its_makers(asked: Asked) -> None:
    asked.hears(Standing.APPLIED, 1)
    asked.makes(OTHER, "incident", INCIDENT, "end_incident")
    child = uuid5(OTHER, asked.case.id.hex)
    assert await asked.finds(chained(1), chained(2, child, PHONE, "end_incident")) == {}
    assert await asked.finds(chained(1), chained(2, child, CENTRE, "end_incident")) == {"doubled": ["nobody made it"]}


@pytest.mark.parametrize(
    "behind",
    [
        [chained(2, OTHER, OTHER, "seal"), chained(3, INCIDENT, OTHER, "take_papers")],
        [chained(2, INCIDENT, OTHER, "take_papers"), chained(3, OTHER, CENTRE, "seal")],
        [chained(2, INCIDENT, OTHER, "take_papers")],
    ],
)
async def test_what_a_line_of_the_run_sheet_tells_stands_behind_its_confirmation(asked: Asked, behind: Chain) -> None:
    asked.hears(Standing.APPLIED, 1)
    line = Line(at=datetime(2026, 11, 23, tzinfo=UTC), slip=1, typed_by=OTHER, confirmed=1)
    line.adds("take_papers", {})
    line.adds("seal", {})
    asked.case.line = line
    assert "on paper, and not in the chain" in (await asked.finds(chained(1), *behind))["lost"]


async def test_a_line_that_took_effect_is_found_whole(asked: Asked) -> None:
    asked.hears(Standing.APPLIED, 1)
    line = Line(at=datetime(2026, 11, 23, tzinfo=UTC), slip=1, typed_by=OTHER, confirmed=1)
    line.adds("take_papers", {})
    asked.case.line = line
    assert await asked.finds(chained(1), chained(2, INCIDENT, OTHER, "take_papers")) == {}


async def test_money_that_the_bank_never_told_of_is_found(asked: Asked) -> None:
    asked.hears(Standing.APPLIED, 1)
    credit = chained(2, INCIDENT, CENTRE, "record_bank_credit")
    assert await asked.finds(chained(1), credit) == {"doubled": ["the bank's word counts twice"]}


async def test_what_is_on_the_page_though_nobody_expects_it_is_wrong(asked: Asked) -> None:
    asked.hears(Standing.APPLIED, 1)
    asked.page["papers"] = [{"paper_id": OTHER, "holder_kind": "unit", "holder": OTHER}]
    assert await asked.finds(chained(1)) == {"wrong": ["holder"]}


async def test_a_case_that_cannot_be_read_is_told_and_the_report_goes_on(asked: Asked) -> None:
    asked.hears(Standing.APPLIED, 1)
    asked.page["state"] = None
    assert await asked.finds(chained(1)) == {"stuck": ["could not be asked"]}
