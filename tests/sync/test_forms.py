"""A form that was filled in and read back (F06): what was said is kept, and what is not right opens an exception."""

from typing import Any
from uuid import UUID

import msgspec
import pytest

from backend.eforms.model import read
from backend.ids import uuid7
from backend.sync.desk import Refused
from tests.builders import Field
from tests.builders_acts import Body, page, signed
from tests.builders_forms import VERSION, filled_copy, hash_of, read_back


async def at_the_door(field: Field, **register: Any) -> tuple[UUID, str]:
    case, booking = await field.registered(**register), field.booking()
    await field.at_desk(field.ut, case, "book", booking)
    visit = booking["visit_id"]
    await field.does(case, "record_arrival", {"visit_id": visit})
    return case, visit


async def kept(field: Field, case: UUID) -> str | None:
    return await field.tx.value("SELECT content FROM readings WHERE case_id = $case", case=case)


async def crossed(field: Field, case: UUID, body: Body, personal: Body | None) -> list[str]:
    """A fact is never refused: what it crossed is said."""
    answer = await field.does(case, "read_back", body, personal=personal)
    assert answer.standing == "applied", answer
    return list(answer.exceptions)


async def test_what_was_read_back_is_kept_as_it_was_hashed(field: Field) -> None:
    case, visit = await at_the_door(field)
    said = {"filled": filled_copy()}
    assert await crossed(field, case, read_back(visit, said), said) == []
    content = await kept(field, case)
    assert content is not None
    assert msgspec.to_builtins(read(content)) == said["filled"]
    assert hash_of(said["filled"]) == (
        await field.tx.value("SELECT encode(sha256(convert_to(content, 'UTF8')), 'hex') FROM readings")
    )


async def test_two_spellings_of_one_text_are_one_content(field: Field) -> None:
    case, visit = await at_the_door(field)
    composed, apart = filled_copy(nyc_ho_ten="Huệ An"), filled_copy(nyc_ho_ten="Hue\u0323\u0302 An")
    body = read_back(visit, {"filled": composed})
    assert await crossed(field, case, body, {"filled": apart}) == []


async def test_a_reading_that_tells_nothing_is_as_good_as_ever(field: Field) -> None:
    """Of a form that was filled in on paper, and of every phone before."""
    case, visit = await at_the_door(field)
    body = {"visit_id": visit, "document": "to_khai", "form_version": "ct-2026-01", "content_sha256": "c" * 64}
    assert await crossed(field, case, body, None) == []
    assert await crossed(field, case, body, {"note": "đọc hai lần"}) == []
    assert await kept(field, case) is None


WRONG: list[tuple[str, Body, Body, list[str]]] = [
    ("another hash", filled_copy(), {"content_sha256": "d" * 64}, ["content_as_hashed"]),
    ("a form nobody knows", filled_copy(), {"form_version": "ct-2026-01"}, ["form_in_force"]),
    ("the form of another procedure", filled_copy(), {"form_version": "ket_hon.2024-06"}, ["form_in_force"]),
    ("the form of another paper", filled_copy(), {"document": "to_khai_nhan_con"}, ["form_in_force"]),
    ("something missing", filled_copy(lam_tai=""), {}, ["form_filled_right"]),
    ("something that was not asked", filled_copy(loai_khac="Giám hộ"), {}, ["form_filled_right"]),
    ("a day that is none", filled_copy(nguoi_duoc_ngay_sinh="1954-02-30"), {}, ["form_filled_right"]),
    ("a field of nobody's", filled_copy(ghi_chu="x"), {}, ["form_filled_right"]),
]


@pytest.mark.parametrize(("filled", "changes", "guards"), [one[1:] for one in WRONG], ids=[one[0] for one in WRONG])
async def test_what_is_not_right_is_kept_and_a_person_looks_at_it(
    field: Field, filled: Body, changes: Body, guards: list[str]
) -> None:
    case, visit = await at_the_door(field)
    said = {"filled": filled}
    body = read_back(visit, said, str(changes.get("form_version", VERSION))) | changes
    assert await crossed(field, case, body, said) == [f"visit:guard:{name}" for name in guards]
    content = await kept(field, case)
    assert content is not None
    assert msgspec.to_builtins(read(content)) == filled
    opened = await field.tx.all("SELECT reason, cleared_at FROM exceptions WHERE case_id = $case", case=case)
    assert [(row["reason"], row["cleared_at"]) for row in opened] == [(f"guard:{name}", None) for name in guards]


async def test_a_source_that_a_field_may_not_have_is_not_right(field: Field) -> None:
    case, visit = await at_the_door(field)
    filled = filled_copy()
    filled["sources"]["so_ban_sao"] = "card"
    said = {"filled": filled}
    assert await crossed(field, case, read_back(visit, said), said) == ["visit:guard:form_filled_right"]


async def test_a_form_of_before_its_day_is_not_in_force(field: Field) -> None:
    case, visit = await at_the_door(field)
    await field.tx.run("UPDATE cases SET regime_on = '2024-06-05' WHERE case_id = $case", case=case)
    said = {"filled": filled_copy()}
    assert await crossed(field, case, read_back(visit, said), said) == ["visit:guard:form_in_force"]


@pytest.mark.parametrize("filled", [{"values": {"so_ban_sao": 2}, "sources": {}}, {"values": []}, "x", 7])
async def test_what_nobody_can_read_is_not_what_was_hashed(field: Field, filled: Any) -> None:
    case, visit = await at_the_door(field)
    body = {"visit_id": visit, "document": "to_khai", "form_version": VERSION, "content_sha256": "c" * 64}
    assert await crossed(field, case, body, {"filled": filled}) == ["visit:guard:content_as_hashed"]
    assert await kept(field, case) is None


async def test_at_a_desk_it_is_refused_and_what_is_wrong_is_said(field: Field) -> None:
    case, visit = await at_the_door(field)
    said = {"filled": filled_copy(lam_tai="")}
    with pytest.raises(Refused) as refused:
        await field.at_desk(field.mai, case, "read_back", read_back(visit, said), personal=said)
    assert refused.value.problem.type == "urn:tannha:problem:form-filled-wrong"
    assert "sửa các ô đó" in (refused.value.problem.detail or "")


async def test_a_form_that_changed_is_read_again_and_the_old_signature_is_void(field: Field) -> None:
    case, visit = await at_the_door(field)
    first, second = {"filled": filled_copy()}, {"filled": filled_copy(so_ban_sao="3")}
    await crossed(field, case, read_back(visit, first), first)
    picture = page(visit, {"id": str(uuid7()), "component": "to_khai"})
    await field.does(case, "photograph", picture)
    ink = {"document": "to_khai", "mode": "ink", "form_version": VERSION, "page_ids": [picture["page_id"]]}
    ink |= {"shown_sha256": hash_of(first["filled"])}
    answer = await field.does(case, "sign", signed(visit, **ink))
    assert answer.exceptions == []
    await crossed(field, case, read_back(visit, second), second)
    rows = await field.tx.all("SELECT state, accepted FROM signatures WHERE document = 'to_khai'")
    assert [tuple(row.values()) for row in rows] == [("voided", True)]
    content = await kept(field, case)
    assert content is not None
    assert read(content).values["so_ban_sao"] == "3"
