"""The give list and the take list of a case in a visit (F07), by what the visit is for."""

from datetime import date

import pytest

from backend.ids import derived
from backend.procedures.model import Component, OriginalFate, PaperForm
from backend.sync.day import Owed
from backend.sync.day_custody import PaperHeld
from backend.visits.lists import Lists, lists

CARD = Component(code="to_khai", name="Tờ khai", originals=1, copies=0, forms=(PaperForm.ORIGINAL,))
COPIES = Component(code="ban_sao", name="Bản sao", originals=0, copies=2, when="nếu có")
LOOKED_UP = Component(code="cu_tru", name="Giấy tờ cư trú", original=OriginalFate.NOT_ASKED)
OLD = Component(code="giay_cu", name="Giấy chứng nhận cũ", originals=1, surrender=True)
PROCEDURE = (CARD, COPIES, LOOKED_UP, OLD)


def a_paper(component: str, holder: str, *, is_result: bool = False, state: str = "sealed") -> PaperHeld:
    return PaperHeld(
        paper_id=derived("paper", component, holder),
        component=component,
        form="original",
        originals=1,
        copies=0,
        condition="intact",
        is_result=is_result,
        superseded=False,
        state=state,
        holder_kind=holder,
    )


def owed(amount: int, due_at: str, state: str = "due") -> Owed:
    return Owed(charge_id=derived("charge", str(amount)), line="le_phi", amount=amount, due_at=due_at, state=state)


DAY = date(2026, 11, 25)
CHARGES = [owed(8_000, "reception"), owed(5_000, "return"), owed(3_000, "reception", "settled")]
RESULT = a_paper("ket_qua", "unit", is_result=True)


def of(purpose: str, *papers: PaperHeld, recipients: str = "owner") -> Lists:
    return lists(purpose, recipients, papers, CHARGES, PROCEDURE, DAY)


def test_a_first_visit_takes_what_the_procedure_asks_for_and_the_fee_of_reception() -> None:
    found = of("collect")
    assert [(one.component, one.originals, one.copies, one.when) for one in found.take] == [
        ("to_khai", 1, 0, None),
        ("ban_sao", 0, 2, "nếu có"),
    ]
    assert (found.give, found.due, found.evidence, found.known) == ([], 8_000, ("identity",), True)


def test_what_was_taken_is_not_asked_for_again() -> None:
    assert [one.component for one in of("supplement", a_paper("to_khai", "unit")).take] == ["ban_sao"]
    assert len(of("supplement", a_paper("to_khai", "citizen")).take) == 2


def test_a_result_is_given_against_the_old_paper_and_all_that_is_due() -> None:
    found = of("deliver", RESULT, a_paper("to_khai", "unit"))
    assert [(one.component, one.is_result) for one in found.give] == [("ket_qua", True)]
    assert [(one.component, one.surrender) for one in found.take] == [("giay_cu", True)]
    assert found.due == 13_000


def test_originals_that_came_back_to_the_courier_go_home_with_the_result() -> None:
    found = of("deliver", RESULT, a_paper("to_khai", "courier"))
    assert [one.component for one in found.give] == ["ket_qua", "to_khai"]
    assert found.give[1].name == "Tờ khai"


@pytest.mark.parametrize(
    ("recipients", "evidence"),
    [
        ("owner", ("identity", "word")),
        ("registered", ("identity", "authority", "word")),
        ("household", ("identity", "relation", "word")),
    ],
)
def test_who_may_receive_says_what_is_looked_at(recipients: str, evidence: tuple[str, ...]) -> None:
    assert of("deliver", RESULT, recipients=recipients).evidence == evidence


def test_an_exchange_gives_and_takes() -> None:
    found = of("exchange", RESULT)
    assert [one.component for one in found.give] == ["ket_qua"]
    assert [one.component for one in found.take] == ["to_khai", "ban_sao", "giay_cu"]


def test_papers_that_go_home_are_given_and_nothing_is_asked() -> None:
    found = of("return_papers", a_paper("to_khai", "unit"), a_paper("ban_sao", "citizen"), a_paper("x", "lost"))
    assert [one.component for one in found.give] == ["to_khai"]
    assert (found.take, found.due) == ([], 0)


def test_an_original_that_is_handed_back_is_seen_and_not_taken() -> None:
    only_seen = Component(code="can_cuoc", name="Căn cước", originals=1, copies=0, original=OriginalFate.HANDED_BACK)
    copied = Component(
        code="giay_cu", name="Giấy cũ", originals=1, copies=1, original=OriginalFate.HANDED_BACK, photograph=True
    )
    found = lists("collect", "owner", (), (), (only_seen, copied), DAY)
    assert [(one.component, one.photograph) for one in found.see] == [("can_cuoc", False), ("giay_cu", True)]
    assert [(one.component, one.originals, one.copies) for one in found.take] == [("giay_cu", 0, 1)]
    seen = a_paper("can_cuoc", "citizen", state="seen")
    again = lists("collect", "owner", (seen,), (), (only_seen, copied), DAY)
    assert [one.component for one in again.see] == ["giay_cu"]
    assert lists("deliver", "owner", (), (), (only_seen,), DAY).see == []


def test_a_list_that_nobody_has_found_out_is_not_taken_for_an_empty_one() -> None:
    found = lists("collect", "owner", (), (), None, DAY)
    assert (found.take, found.known) == ([], False)
