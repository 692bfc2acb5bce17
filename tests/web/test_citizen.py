"""The page behind the QR gives nothing away (S05), answers all wrong tokens alike, and is not there for guessing."""

import base64
import unicodedata
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import UUID

import httpx
import pytest

from backend.dossiers.tokens import stored, token
from backend.ids import uuid7
from backend.keys import Purpose
from backend.sync.card import holder
from backend.text import folded
from tests.builders import MORNING, Field
from tests.builders_acts import at_the_door as _at_the_door
from tests.builders_acts import courier, met, offered, paid, received, sealed, signed, stock, unit
from tests.pages import forms
from tests.web.conftest import Office

OWNER, PHONE, ADDRESS, PROCEDURE = "Nguyễn Thị Huệ", "0912 345 678", "Ấp 1", "Đăng ký nhận cha, mẹ, con"
HTML = {"Accept": "text/html"}
FEE = "15.000"
PLANTED = (OWNER, PHONE, ADDRESS, PROCEDURE, FEE, "Nguyễn Thị Lan", "2.000635", "H20.12-261121-0007")


def disguises(value: str) -> Iterator[str]:
    """A value as it might slip through: composed, decomposed, without tone marks, bare of signs, in base64."""
    for text in (value, folded(value), value.replace(" ", ""), value.replace(".", "")):
        for form in ("NFC", "NFD"):
            shown = unicodedata.normalize(form, text)
            yield shown
            encoded = base64.b64encode(shown.encode()).decode()
            yield from (encoded, encoded.rstrip("="), base64.urlsafe_b64encode(shown.encode()).decode().rstrip("="))


def gives_away(answer: httpx.Response) -> list[str]:
    """Planted values found in the answer, headers included, small and large letters alike."""
    seen = (answer.text + str(answer.headers)).casefold()
    # "Ấp 1" without its signs is "ap1", which the address of the style sheet could hold by chance.
    return [one for value in PLANTED for one in disguises(value) if len(one) > 3 and one.casefold() in seen]


def card(office: Office, case: UUID, number: int = 1) -> str:
    return token(office.town.ring.current(Purpose.TRACKING, MORNING), case, number)


async def look(office: Office, text: str) -> tuple[httpx.Response, httpx.Response]:
    """The page and the JSON."""
    path = f"/t/{text}"
    return await office.http.get(path, headers={"Accept": "text/html"}), await office.http.get(path)


async def steps(office: Office, case: UUID) -> list[str]:
    """What has been reached; nothing of the case may show on the way."""
    page, told = await look(office, card(office, case))
    assert page.status_code == told.status_code == 200
    assert gives_away(page) == gives_away(told) == []
    assert told.json()["next"] in unescape(page.text)
    assert ('class="turn yours"' in page.text) is told.json()["to_do"]
    return [step["name"] for step in told.json()["steps"] if step["standing"] != "ahead"]


async def test_the_page_follows_the_case_in_order_and_gives_nothing_away(office: Office) -> None:
    """S01 and S05: read as page and JSON after every step."""
    seen: list[str] = []
    async with office.field() as field:
        case = await field.registered(dossier_code="H20.12-261121-0007")
    assert await steps(office, case) == []
    visit, charge, label = "", "", ""
    async with office.field() as field:
        charges: list[dict[str, Any]] = [{"charge_id": str(case), "line": PROCEDURE, "amount": 15000}]
        charge = charges[0]["charge_id"]
        await field.at_desk(field.mai, case, "confirm", {"charges": charges, "components": ["to_khai"]})
        booking = field.booking()
        visit = booking["visit_id"]
        await field.at_desk(field.ut, case, "book", booking)
        [label] = await stock(field, 1)
    seen += await _new(office, case, seen)
    for stretch in (_coming, _taken, _handed, _handled, _ready, _out, _done):
        async with office.field() as field:
            field.phone.seq, field.phone.last = await _outbox(field)
            await stretch(field, case, visit, charge, label)
        seen += await _new(office, case, seen)
    assert seen == [
        "Đã hẹn",
        "Bưu tá đang đến",
        "Đã nhận giấy tờ",
        "Đã bàn giao cơ quan",
        "Đang giải quyết",
        "Đã có kết quả",
        "Đang phát",
        "Đã trả kết quả",
    ]


async def _new(office: Office, case: UUID, seen: list[str]) -> list[str]:
    now = await steps(office, case)
    assert now[: len(seen)] == seen
    assert len(now) == len(seen) + 1, (seen, now)
    return now[len(seen) :]


async def _outbox(field: Field) -> tuple[int, bytes | None]:
    """The phone goes on from where the centre has it."""
    row = await field.tx.first("SELECT next_seq, last_hash FROM devices WHERE id = $id", id=field.phone.device)
    assert row is not None
    return row["next_seq"] - 1, row["last_hash"]


async def _send(field: Field, *made: Any) -> None:
    answers = await field.send(*made)
    assert all(str(answer.standing) == "applied" and not answer.exceptions for answer in answers), answers


async def _coming(field: Field, case: UUID, visit: str, _charge: str, _label: str) -> None:
    await _at_the_door(field, case, visit)


async def _taken(field: Field, case: UUID, visit: str, charge: str, label: str) -> None:
    papers = [{"id": str(case), "component": "to_khai", "form": "original", "originals": 1, "copies": 0}]
    make = field.phone.make
    await _send(
        field,
        make(case, "take_papers", {"visit_id": visit, "papers": [papers[0] | {"condition": "intact"}]}),
        make(case, "sign", signed(visit)),
        make(case, "collect", paid(visit, 1, (charge, 15000))),
        make(case, "seal", sealed(visit, label, papers, parcel_id=str(case))),
        make(case, "finish_visit", {"visit_id": visit, "outcome": "done"}),
    )


async def _handed(field: Field, case: UUID, _visit: str, _charge: str, _label: str) -> None:
    given = offered(unit(field.one_stop), str(case))
    await _send(field, field.phone.make(case, "offer", given))
    await field.at_desk(field.mai, case, "receive", received(given, courier(field.lan)))


async def _handled(field: Field, case: UUID, _visit: str, _charge: str, _label: str) -> None:
    await field.at_desk(field.mai, case, "open_seal", {"parcel_id": str(case), "counted": 1})
    await field.at_desk(field.mai, case, "cross_check", {"result": "passed", "items": []})


async def _ready(field: Field, case: UUID, _visit: str, _charge: str, _label: str) -> None:
    result = {"paper_id": str(field.lan), "parcel_id": str(field.lan), "component": "ket_qua", "originals": 1}
    await field.at_desk(field.mai, case, "release_result", result)


async def _out(field: Field, case: UUID, _visit: str, _charge: str, _label: str) -> None:
    """The result goes from the agency to the post, and from there with Lan."""
    to_post = offered(unit(field.post), str(field.lan))
    await field.at_desk(field.mai, case, "offer", to_post)
    await field.at_desk(field.ut, case, "receive", received(to_post, unit(field.agency)))
    await field.at_desk(field.ut, case, "book", field.booking("deliver", visit_id=str(field.ut), seat=900))
    to_lan = offered(courier(field.lan), str(field.lan))
    await field.at_desk(field.ut, case, "offer", to_lan)
    await _send(
        field,
        field.phone.make(case, "receive", received(to_lan, unit(field.post))),
        field.phone.make(case, "depart", {"visit_id": str(field.ut)}),
    )


async def _done(field: Field, case: UUID, _visit: str, _charge: str, _label: str) -> None:
    visit = str(field.ut)
    handed = {"paper_ids": [str(field.lan)], "recipient_class": "owner", "relationship": "owner", "means": "card_seen"}
    await _send(
        field,
        field.phone.make(case, "record_arrival", {"visit_id": visit}),
        field.phone.make(case, "check_identity", met(visit, party="recipient")),
        field.phone.make(case, "hand_over_result", {"visit_id": visit} | handed),
        field.phone.make(case, "sign", signed(visit, "hand_over")),
        field.phone.make(case, "finish_visit", {"visit_id": visit, "outcome": "done"}),
    )


async def test_unknown_old_foreign_and_mistyped_tokens_are_answered_alike(office: Office) -> None:
    async with office.field() as field:
        replaced, over, erased = [await field.registered() for _ in range(3)]
        change = "UPDATE tracking_tokens SET live = false WHERE token_sha256 = $hash"
        await field.tx.run(change, hash=stored(card(office, replaced)))
        long_ago = MORNING - timedelta(days=31)
        await field.tx.run("UPDATE cases SET closed_at = $at WHERE case_id = $case", at=long_ago, case=over)
        await field.at_desk(field.mai, erased, "withdraw", {})
        await field.at_desk(office.town.people["dung"], erased, "erase", {"reason": "asked"})
    foreign = "ABCDEFGHIJKLMNOPQRSTUVWX22"
    wrong = [card(office, one) for one in (replaced, over, erased)]
    wrong += [card(office, replaced, 2), foreign, "A" * 26, "x", "%F0%9F%98%80", "0912345678", "' OR 1=1 --"]
    answers = [await look(office, text) for text in wrong]
    for kind in (0, 1):
        assert {answer[kind].status_code for answer in answers} == {404}
        assert len({len(answer[kind].content) for answer in answers}) == 1
        assert len({_headers(answer[kind]) for answer in answers}) == 1
    assert len({answer[0].text for answer in answers}) == 1


def _headers(answer: httpx.Response) -> tuple[tuple[str, str], ...]:
    """All but the number of the request."""
    return tuple((name, value) for name, value in answer.headers.items() if name != "x-request-id")


async def test_small_letters_do_no_harm(office: Office) -> None:
    async with office.field() as field:
        case = await field.registered()
    assert (await office.http.get(f"/t/{card(office, case).lower()}")).status_code == 200


async def test_the_page_is_kept_nowhere_and_found_by_nobody(office: Office) -> None:
    async with office.field() as field:
        case = await field.registered()
    for text in (card(office, case), "A" * 26):
        for answer in await look(office, text):
            assert answer.headers["cache-control"] == "no-store"
            assert answer.headers["referrer-policy"] == "no-referrer"
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "noindex" in answer.headers["x-robots-tag"]
            assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


async def test_the_promised_day_is_shown_and_what_is_not_promised_is_only_expected(office: Office) -> None:
    async with office.field() as field:
        case, _, _ = await field.booked()
    page, told = await look(office, card(office, case))
    assert [step["on"] for step in told.json()["steps"][:3]] == ["2026-11-25", "2026-11-25", None]
    assert told.json()["steps"][1]["window"] == "07:00-08:00"
    assert page.text.count("dự kiến") == 6


async def test_the_page_speaks_english_too(office: Office) -> None:
    async with office.field() as field:
        case = await field.registered()
    page = await office.http.get(f"/t/{card(office, case)}?lang=en", headers={"Accept": "text/html"})
    assert "You do not have to do anything" in page.text


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
async def test_two_hundred_mistakes_are_answered_and_a_search_is_stopped(office: Office, accept: str) -> None:
    async with office.field() as field:
        case = await field.registered()
    known = card(office, case)
    statuses = [
        (await office.http.get(f"/t/{number:026}", headers={"Accept": accept})).status_code for number in range(450)
    ]
    assert statuses[:200] == [404] * 200
    assert statuses[-1] == 429
    stopped = await office.http.get(f"/t/{known}", headers={"Accept": accept})
    assert stopped.status_code == 429
    assert int(stopped.headers["retry-after"]) >= 1
    assert "Chờ" in stopped.text


async def agreed(office: Office, *extras: str) -> tuple[UUID, str]:
    """A case whose citizen said yes to these, and the address behind its card."""
    async with office.field() as field:
        case = await field.registered()
        for extra in extras:
            await field.at_desk(field.mai, case, "record_consent", answer(extra, given=True), base=99)
    return case, f"/t/{card(office, case)}"


def answer(extra: str, *, given: bool) -> dict[str, Any]:
    return {
        "extra": extra,
        "given": given,
        "version": "2026-11",
        "text_sha256": "a" * 64,
        "answered_as": "owner",
    }


async def test_a_yes_is_taken_back_with_the_card_alone(office: Office) -> None:
    """F19: and the office sees that the citizen did it."""
    case, path = await agreed(office, "zalo_messages", "place_mark")
    page = await office.http.get(path, headers=HTML)
    assert [form["extra"] for form in forms(page, "withdraw_consent")] == ["place_mark", "zalo_messages"]
    assert "Tin báo qua Zalo" in page.text
    [_, zalo] = forms(page, "withdraw_consent")
    for _ in range(2):  # two taps are one act
        done = await office.http.post(f"{path}/consents", data=zalo, headers=HTML)
        assert (done.status_code, done.headers["location"]) == (303, f"{path}?done=1")
    page = await office.http.get(f"{path}?done=1", headers=HTML)
    assert "Đã rút lại." in page.text
    assert [form["extra"] for form in forms(page, "withdraw_consent")] == ["place_mark"]
    assert gives_away(page) == []
    assert (await office.http.get(path)).json()["consents"] == ["place_mark"]
    async with office.tx() as tx:
        rows = await tx.all(
            "SELECT i.source, a.actor FROM acts AS a JOIN inbox AS i USING (made_by, id)"
            " WHERE a.kind = 'withdraw_consent' AND a.subject_id = $case",
            case=case,
        )
        assert [(row["source"], row["actor"]) for row in rows] == [("form", holder(case))]
        assert await tx.value("SELECT state FROM consents WHERE extra = 'zalo_messages'") == "withdrawn"


async def test_what_cannot_be_taken_back_is_said_and_nothing_else_is_done_with_a_card(office: Office) -> None:
    case, path = await agreed(office, "zalo_messages")
    again = {"extra": "zalo_messages", "act": str(uuid7())}
    assert (await office.http.post(f"{path}/consents", data=again, headers=HTML)).status_code == 303
    refused = await office.http.post(f"{path}/consents", data=again | {"act": str(uuid7())}, headers=HTML)
    assert 'role="alert"' in refused.text
    for wrong in ({"extra": "levitate", "act": str(uuid7())}, {"extra": "place_mark"}, {}):
        assert (await office.http.post(f"{path}/consents", data=wrong)).status_code == 400
    never = {"extra": "place_mark", "act": str(uuid7())}
    assert (await office.http.post(f"{path}/consents", data=never)).status_code in (404, 409)
    stranger = await office.http.post(f"/t/{'A' * 26}/consents", data=again)
    assert stranger.status_code == 404
    async with office.tx() as tx:
        assert await tx.value("SELECT count(*) FROM acts WHERE kind = 'withdraw_consent'") == 1
        assert await tx.value("SELECT count(*) FROM acts WHERE subject_id = $case", case=case) == 3
