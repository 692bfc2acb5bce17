"""Who signs what in which way (F06): the evidence, the witnesses, and what is not done without them."""

import re
from typing import Any
from uuid import UUID

import msgspec
import pytest

from backend.ids import uuid7
from backend.staff.model import Role
from backend.sync.desk import Refused
from backend.sync.model import DECODERS
from backend.verify.schema import read_declared
from tests.builders import Field, a_paper
from tests.builders_acts import Body, clear, met, page, party, sealed, signed, stock, took_papers
from tests.builders_staff import a_person, hired
from tests.sync.test_erasure import personal_parts, readable

CONTENT = "c" * 64
INK = {"document": "to_khai", "mode": "ink", "shown_sha256": CONTENT, "form_version": "ct-2026-01"}
FINGER = INK | {"mode": "fingerprint", "finger": {"hand": "right", "finger": "index"}}
THU = {"name": "Đỗ Thị Thu", "number": "087188001234", "born": "1988-04-02"}


def witness(**changes: Any) -> Body:
    return {"relation": "neighbour", "adult_by": "born", "strokes_sha256": "b" * 64} | changes


class Door:
    """A declaration was filled in, read back and photographed; papers are in hand."""

    def __init__(self, field: Field, case: UUID, visit: str, paper: Body, page_id: str) -> None:
        self.field, self.case, self.visit, self.paper, self.page = field, case, visit, paper, page_id

    async def signs(self, personal: Body | None = None, **changes: Any) -> list[str]:
        """What the phone is told that it crossed."""
        body = signed(self.visit, **FINGER | {"page_ids": [self.page]} | changes)
        answer = await self.field.does(self.case, "sign", body, personal=personal)
        assert answer.standing == "applied", answer
        return list(answer.exceptions)

    async def finishes(self, outcome: str = "done") -> list[str]:
        [label] = await stock(self.field, 1)
        await self.field.does(self.case, "seal", sealed(self.visit, label, [self.paper]))
        await self.field.does(self.case, "sign", signed(self.visit))
        answer = await self.field.does(self.case, "finish_visit", {"visit_id": self.visit, "outcome": outcome})
        assert answer.standing == "applied", answer
        return list(answer.exceptions)

    async def ended(self) -> tuple[str, str]:
        row = await self.field.tx.first("SELECT state, outcome FROM visits WHERE visit_id = $visit", visit=self.visit)
        assert row is not None
        return row["state"], row["outcome"]


async def at_a_door(field: Field, told: Body | None = None) -> Door:
    case, booking = await field.registered(told=told), field.booking()
    await field.at_desk(field.ut, case, "book", booking)
    visit = booking["visit_id"]
    [paper] = await took_papers(field, case, visit, a_paper())
    pictured = page(visit, paper)
    await field.does(case, "photograph", pictured)
    await reads(field, case, visit)
    return Door(field, case, visit, paper, pictured["page_id"])


async def reads(field: Field, case: UUID, visit: str, **changes: Any) -> None:
    body = {"visit_id": visit, "document": "to_khai", "form_version": "ct-2026-01", "content_sha256": CONTENT}
    assert (await field.does(case, "read_back", body | changes)).standing == "applied"


async def test_she_who_cannot_write_presses_a_finger_in_ink_and_a_neighbour_witnesses(field: Field) -> None:
    door = await at_a_door(field)
    assert await door.signs({"witnesses": [THU]}, witnesses=[witness()]) == []
    assert await door.finishes() == []
    assert await door.ended() == ("done", "done")
    row = await field.tx.first(
        "SELECT mode, hand, finger, accepted, witnesses, state FROM signatures WHERE document = 'to_khai'"
    )
    assert row is not None
    assert tuple(row.values()) == ("fingerprint", "right", "index", True, 1, "valid")


WRONG: list[tuple[str, Body, Body | None, str]] = [
    ("on glass", {"mode": "drawn", "finger": None}, None, "mode_accepted"),
    ("before witnesses alone", {"mode": "witnessed", "finger": None}, None, "mode_accepted"),
    ("another content than was read", {"shown_sha256": "d" * 64}, None, "signed_as_read"),
    ("another version than was read", {"form_version": "ct-2025-07"}, None, "signed_as_read"),
    ("no photograph", {"page_ids": []}, None, "signed_page_missing"),
    ("a photograph that nobody took", {"page_ids": [str(uuid7())]}, None, "signed_page_missing"),
    ("no finger named", {"finger": None}, None, "finger_named"),
    ("a finger under ink", {"mode": "ink"}, None, "finger_named"),
    ("a witness without a name", {"witnesses": [witness()]}, None, "witness_signed"),
    ("a witness without a number", {"witnesses": [witness()]}, {"number": None}, "witness_signed"),
    ("a witness who did not sign", {"witnesses": [witness(strokes_sha256=None)]}, {}, "witness_signed"),
    ("the courier", {"witnesses": [witness()]}, {"name": "Nguyễn Thị  LAN"}, "witness_is_courier"),
    ("the owner's namesake", {"witnesses": [witness()]}, {"name": "Nguyễn Thị Huệ"}, "witness_gains"),
    ("a child of sixteen", {"witnesses": [witness()]}, {"born": "2010-05-05"}, "witness_adult"),
    ("who may be seventeen still", {"witnesses": [witness()]}, {"born": "2008"}, "witness_adult"),
    ("whose age nobody knows", {"witnesses": [witness()]}, {"born": None}, "witness_adult"),
]


@pytest.mark.parametrize(("changes", "who", "crossed"), [one[1:] for one in WRONG], ids=[one[0] for one in WRONG])
async def test_what_is_not_signed_right_is_kept_and_the_visit_is_not_done(
    field: Field, changes: Body, who: Body | None, crossed: str
) -> None:
    door = await at_a_door(field)
    personal = None if who is None else {"witnesses": [{k: v for k, v in (THU | who).items() if v is not None}]}
    assert await door.signs(personal, **changes) == [f"visit:guard:{crossed}"]
    assert await field.tx.value("SELECT accepted FROM signatures") is False
    assert await door.finishes() == ["visit:guard:declarations_unsigned"]
    assert await door.ended() == ("partly", "incomplete_sent")


async def test_an_unsigned_declaration_goes_along_as_missing(field: Field) -> None:
    door = await at_a_door(field)
    assert await door.finishes("incomplete_sent") == []
    assert await door.ended() == ("incomplete_sent", "incomplete_sent")


async def test_an_answer_changed_at_the_door_makes_the_printed_page_void(field: Field) -> None:
    door = await at_a_door(field)
    assert await door.signs() == []
    await reads(field, door.case, door.visit, content_sha256="e" * 64)
    row = await field.tx.first("SELECT state, voided_at FROM signatures")
    assert row is not None
    assert (row["state"], row["voided_at"] is None) == ("voided", False)
    assert await door.signs() == ["visit:guard:signed_as_read"]
    await clear(field, door.case)
    assert await door.signs(shown_sha256="e" * 64) == []
    assert await door.finishes() == []


async def test_a_slip_that_is_void_is_signed_again(field: Field) -> None:
    door = await at_a_door(field)
    assert await door.signs() == []
    slip = signed(door.visit)
    await field.does(door.case, "sign", slip)
    gone = {"visit_id": door.visit, "signature_id": slip["signature_id"], "reason": "papers_changed"}
    assert (await field.does(door.case, "void_signature", gone)).exceptions == []
    assert await field.tx.value("SELECT slip_signed FROM case_visits") is False
    assert list((await field.does(door.case, "void_signature", gone)).exceptions) == ["signature:no-such-act-here"]
    await clear(field, door.case)
    assert await door.finishes() == []


async def test_a_form_of_another_name_has_its_own_reading(field: Field) -> None:
    door = await at_a_door(field)
    await reads(field, door.case, door.visit, document="to_khai_nhan_con")
    assert await door.signs() == []
    assert await door.finishes() == ["visit:guard:declarations_unsigned"]


async def a_counter(field: Field) -> tuple[UUID, str, Body, str]:
    """Út, clerk today, has read the form back: (case, visit, paper, page)."""
    await hired(field.tx, field.ut, field.post, Role.COUNTER_CLERK)
    case, visit, _ = await field.booked(place="post_counter")
    paper = a_paper()
    pictured = page(visit, paper)
    read = {"visit_id": visit, "document": "to_khai", "form_version": "ct-2026-01", "content_sha256": CONTENT}
    for kind, body in (
        ("record_arrival", {"visit_id": visit}),
        ("check_identity", met(visit)),
        ("take_papers", {"visit_id": visit, "papers": [paper]}),
        ("photograph", pictured),
        ("read_back", read),
    ):
        await field.at_desk(field.ut, case, kind, body)
    return case, visit, paper, pictured["page_id"]


async def refusal(field: Field, case: UUID, kind: str, body: Body, personal: Body | None = None) -> str:
    with pytest.raises(Refused) as refused:
        await field.at_desk(field.ut, case, kind, body, personal=personal)
    assert refused.value.problem.detail
    return refused.value.problem.type.rpartition(":")[2]


async def test_at_a_counter_each_cause_is_refused_by_its_name(field: Field) -> None:
    case, visit, _, page_id = await a_counter(field)
    right = signed(visit, **FINGER, page_ids=[page_id], witnesses=[witness()])
    for said, changes, who in (
        ("mode-not-accepted", {"mode": "drawn", "finger": None}, THU),
        ("not-as-read", {"shown_sha256": "d" * 64}, THU),
        ("page-missing", {"page_ids": []}, THU),
        ("finger-not-named", {"finger": None}, THU),
        ("witness-unsigned", {"witnesses": [witness(strokes_sha256=None)]}, THU),
        ("witness-is-courier", {}, THU | {"name": "Trần Văn Út"}),
        ("witness-is-courier", {}, THU | {"name": "Nguyễn Thị Lan"}),
        ("witness-gains", {}, THU | {"name": "Nguyễn Thị Huệ"}),
        ("witness-not-adult", {}, THU | {"born": "2010-01-01"}),
    ):
        assert await refusal(field, case, "sign", right | changes, {"witnesses": [who]}) == said
    slip = signed(visit, mode="witnessed")
    assert await refusal(field, case, "sign", slip) == "witnesses-missing"
    assert await field.tx.value("SELECT count(*) FROM signatures") == 0
    [label] = await stock(field, 1)
    await field.tx.run("UPDATE label_sets SET holder_kind = 'unit', holder = $post", post=field.post)
    papers = [{"id": str(one["paper_id"])} for one in await field.tx.all("SELECT paper_id FROM papers")]
    await field.at_desk(field.ut, case, "seal", sealed(visit, label, papers))
    await field.at_desk(field.ut, case, "sign", signed(visit))
    end = {"visit_id": visit, "outcome": "done"}
    assert await refusal(field, case, "finish_visit", end) == "declaration-unsigned"
    await field.at_desk(field.ut, case, "sign", right, personal={"witnesses": [THU]})
    assert (await field.at_desk(field.ut, case, "finish_visit", end)).standing == "applied"


async def test_a_witness_who_files_for_her_gains_whatever_name_is_written(field: Field) -> None:
    filer = party("filer", "Đỗ Thị Thu Hà", number=THU["number"])
    door = await at_a_door(field, told={"parties": [filer]})
    assert await door.signs({"witnesses": [THU]}, witnesses=[witness()]) == ["visit:guard:witness_gains"]


async def test_erasing_takes_the_witness_along(field: Field) -> None:
    """That somebody witnessed stays on record; who it was can be read nowhere any more."""
    door = await at_a_door(field)
    await door.signs({"witnesses": [THU]}, witnesses=[witness()])
    said = THU["name"].encode()
    assert any(said in part for part in await personal_parts(field, door.case))
    rows = await field.tx.all("SELECT data FROM inbox WHERE case_id = $case", case=door.case)
    text = b"".join(row["data"] for row in rows).decode()
    assert [one for one in THU.values() if one in text] == [], "never in what is kept for ever"
    back = {"visit_id": door.visit, "paper_ids": [door.paper["id"]]}
    assert (await field.does(door.case, "hand_back_papers", back)).standing == "applied"
    await field.at_desk(field.ut, door.case, "cancel", {"reason": "citizen_asked"})
    supervisor = (await a_person(field.tx, "Ngô Thị Sáu")).id
    await hired(field.tx, supervisor, field.one_stop, Role.SUPERVISOR)
    erasing = await field.at_desk(supervisor, door.case, "erase", {"reason": "citizen_asked"})
    assert (erasing.standing, list(erasing.exceptions)) == ("applied", [])
    assert not any(said in part for part in await personal_parts(field, door.case))
    assert await field.tx.value("SELECT witnesses FROM signatures WHERE case_id = $case", case=door.case) == 1
    assert await readable(field, THU.values()) == {}


BIOMETRIC = re.compile("biometric|minutia|ridge|iris|embedding|face|voice|(finger|hand|thumb)_?(image|print|data|scan)")
NOT_OF_A_FINGER = {"fingerprint", "thumbprint"}
"""Of a command and of a phone's key: hashes of their bytes."""


def test_no_field_and_no_column_could_hold_a_biometric_template() -> None:
    """Not in what a phone or a desk may send, and not in the tables: a finger is a word, and its print a page."""
    named = {field for decoder in DECODERS.values() for field in _fields(decoder.type)}
    columns = {column for table in read_declared().columns.values() for column in table}
    assert len(named) > 100
    assert {name for name in (named | columns) - NOT_OF_A_FINGER if BIOMETRIC.search(name)} == set()


def _fields(kind: Any) -> set[str]:
    found: set[str] = set()
    for part in msgspec.inspect.multi_type_info([kind]):
        _walk(part, found, set())
    return found


def _walk(part: Any, found: set[str], seen: set[int]) -> None:
    if id(part) in seen:
        return
    seen.add(id(part))
    if isinstance(part, msgspec.inspect.StructType):
        for field in part.fields:
            found.add(field.encode_name)
            _walk(field.type, found, seen)
    for name in ("types", "item_types"):
        for one in getattr(part, name, ()):
            _walk(one, found, seen)
    for name in ("item_type", "value_type", "type"):
        if isinstance(one := getattr(part, name, None), msgspec.inspect.Type):
            _walk(one, found, seen)


async def test_a_birthday_that_no_calendar_has_counts_by_its_year(field: Field) -> None:
    door = await at_a_door(field)
    for born, crossed in (("1990-02-31", False), ("2015-02-31", True)):
        codes = await door.signs({"witnesses": [THU | {"born": born}]}, witnesses=[witness()])
        assert ("visit:guard:witness_adult" in codes) is crossed
