"""The file of samples is right, says what is recalled, and a wrong one is told by every bad field."""

import json
from collections.abc import Callable
from importlib import resources
from typing import Any

import pytest

from backend.demo.citizens import CITIZENS
from backend.procedures import seed
from backend.procedures.model import PaperForm, RecipientClass, SignatureMode
from backend.signatures.model import Mode
from backend.simulate.office import PROCEDURE

FILE = resources.files("backend.procedures").joinpath("data", "procedures.json").read_text(encoding="utf-8")


def changed(change: Callable[[dict[str, Any]], None]) -> list[str]:
    """The pointers that are named after a change of the first procedure."""
    raw = json.loads(FILE)
    change(raw["procedures"][0])
    return [wrong.pointer for wrong in seed.check(json.dumps(raw))]


def test_the_file_is_right() -> None:
    assert seed.check(FILE) == []


def test_there_are_procedures_enough_to_work_with() -> None:
    assert len({one.code for one in seed.samples()}) >= 30


def test_every_procedure_is_a_sample_that_says_where_it_comes_from() -> None:
    for one in seed.samples():
        assert not one.official
        assert one.source
        if one.content.components is not None:
            assert "components" in one.recalled, one.code


def test_what_nobody_has_found_out_stays_unknown() -> None:
    foreign = next(one for one in seed.samples() if one.code == "2.000528")
    assert (foreign.content.fees, foreign.content.time, foreign.content.components) == (None, None, None)


def test_marriage_and_acknowledging_a_child_are_done_in_person_and_given_to_nobody_else() -> None:
    for code in ("1.000894", "1.001022", "1.000593"):
        one = next(one for one in seed.samples() if one.code == code)
        assert one.content.recipients is RecipientClass.OWNER
        assert [(may.who, may.authority) for may in one.content.acting or ()] == [("owner", "in_person")]


def test_a_declaration_is_signed_in_ink_or_by_finger_never_on_glass() -> None:
    for one in seed.samples():
        for component in one.content.components or ():
            if component.code.startswith("to_khai"):
                assert component.signatures == (SignatureMode.INK, SignatureMode.FINGERPRINT)


def test_every_code_that_demo_and_simulator_use_is_known() -> None:
    used = {citizen.procedure for citizen in CITIZENS} | {PROCEDURE}
    assert used <= {one.code for one in seed.samples()}


def test_words_shared_with_papers_and_signatures_are_the_same() -> None:
    assert {str(mode) for mode in SignatureMode} == {str(mode) for mode in Mode}
    papers = {"original", "register_copy", "certified_copy", "plain_copy", "electronic_copy"}
    assert {str(form) for form in PaperForm} - {"in_database"} == papers


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        (lambda one: one.update(code="4.000001"), "/procedures/0/code"),
        (lambda one: one.update(code="1.00119"), "/procedures/0/code"),
        (lambda one: one.update(name=""), "/procedures/0/name"),
        (lambda one: one.pop("source"), "/procedures/0/source"),
        (lambda one: one.update(fees=[]), "/procedures/0/fees"),
        (lambda one: one.update(official=True), "/procedures/0/official"),
        (lambda one: one.update(agency="police"), "/procedures/0/agency"),
        (lambda one: one.update(valid_from="2026-13-01"), "/procedures/0/valid_from"),
        (lambda one: one.update(valid_from="2026-01-02", valid_until="2026-01-02"), "/procedures/0/valid_until"),
        (lambda one: one["recalled"].append("something"), "/procedures/0/recalled/6"),
        (lambda one: one["content"].update(linked=["1.999999"]), "/procedures/0/content/linked/0"),
        (lambda one: one["content"]["time"].pop("cut_off"), "/procedures/0/content/time/cut_off"),
        (lambda one: one["content"]["time"].update(kind="days"), "/procedures/0/content/time/count"),
        (lambda one: one["content"]["time"].update(longer_when="khi"), "/procedures/0/content/time/longer"),
        (lambda one: one["content"]["components"][1].update(forms=[]), "/procedures/0/content/components/1/forms"),
        (lambda one: one["content"]["components"][1].update(forms=["x"]), "/procedures/0/content/components/1/forms/0"),
        (lambda one: one["content"]["components"][1].update(code="to_khai"), "/procedures/0/content/components/1/code"),
        (lambda one: one["content"]["components"][3].update(copies=1), "/procedures/0/content/components/3/originals"),
        (
            lambda one: one["content"]["fees"][0].update(tiers=[{"first": 1, "amount": -1}]),
            "/procedures/0/content/fees/0/tiers/0/amount",
        ),
        (
            lambda one: one["content"]["fees"][0].update(tiers=[{"first": 1, "amount": 2}, {"first": 1, "amount": 1}]),
            "/procedures/0/content/fees/0/tiers",
        ),
        (
            lambda one: one["content"]["fees"][0].update(minimum=2, cap=1),
            "/procedures/0/content/fees/0/minimum",
        ),
        (lambda one: one["content"]["fees"][0].update(per="dossier"), "/procedures/0/content/fees/0/per"),
        (
            lambda one: one["content"]["fees"][0]["reliefs"][0].update(percent=101),
            "/procedures/0/content/fees/0/reliefs/0/percent",
        ),
        (lambda one: one["content"].update(home=False), "/procedures/0/content/home_models"),
    ],
)
def test_a_bad_field_is_named(change: Callable[[dict[str, Any]], None], pointer: str) -> None:
    assert changed(change) == [pointer]


def test_every_bad_field_is_named_not_only_the_first() -> None:
    def spoil(one: dict[str, Any]) -> None:
        one["code"] = "x"
        one["content"]["time"]["kind"] = "soon"
        one["content"]["components"][0]["originals"] = "one"
        del one["name"]

    assert changed(spoil) == [
        "/procedures/0/code",
        "/procedures/0/name",
        "/procedures/0/content/components/0/originals",
        "/procedures/0/content/time/kind",
    ]


def test_two_versions_that_meet_are_named() -> None:
    raw = json.loads(FILE)
    raw["procedures"].append(raw["procedures"][0])
    [wrong] = seed.check(json.dumps(raw))
    assert wrong.pointer == f"/procedures/{len(raw['procedures']) - 1}/valid_from"


def test_a_wrong_file_is_not_loaded() -> None:
    with pytest.raises(seed.SeedBroken, match="/procedures: Thiếu mục này"):
        seed.read('{"about": "x", "postage": {"code": "cuoc", "name": "Cước"}}')
    with pytest.raises(seed.SeedBroken, match="JSON"):
        seed.read("{")
