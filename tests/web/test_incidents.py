"""The pages of incidents: reported, what is lost, handled, ended, its record printed; and the flag on cases."""

from typing import Any, get_args
from uuid import UUID

import httpx

from backend.ids import uuid7
from backend.incidents.model import Cause
from backend.web.forms.incidents import REPORTED
from backend.web.incident_words import CAUSES, FOUND_OUT
from tests.builders_bags import at_the_post
from tests.pages import forms
from tests.web.conftest import Desk, Office
from tests.web.test_bags import done, said, sent

PATH = "/desk/incidents"


async def a_case(office: Office) -> tuple[str, str, str]:
    """(case, item number of its parcel, paper), in the hands of the post."""
    async with office.field() as field:
        one = await at_the_post(field)
        row = await field.tx.first(
            """SELECT l.item_number, p.paper_id FROM label_sets AS l JOIN papers AS p USING (case_id, parcel_id)
               WHERE l.parcel_id = $parcel""",
            parcel=UUID(one["parcel_id"]),
        )
    assert row is not None
    return one["case_id"], row["item_number"], str(row["paper_id"])


async def reported(desk: Desk, path: str = PATH, **values: Any) -> str:
    """The path of its page."""
    answer = await sent(desk, path, "report_incident", **values)
    assert answer.status_code == 303, said(answer)
    return answer.headers["location"].partition("?")[0]


async def test_a_lost_paper_is_reported_recorded_found_and_the_incident_ended(office: Office) -> None:
    ut, hung = await office.desk("ut"), await office.desk("hung")
    case, _, paper = await a_case(office)
    at = f"/desk/cases/{case}"
    assert f'href="{PATH}?case={case}"' in (await ut.page(at)).text
    path = await reported(
        ut, f"{PATH}?case={case}", cause="lost", touches=[f"paper:{paper}"], place="Chợ Mỹ Hiệp", note="Rơi dọc đường"
    )
    page = said(await ut.page(path))
    for words in ("Mất", "Chợ Mỹ Hiệp", "Rơi dọc đường", "Mới báo", "Bưu điện xã Mỹ Hiệp"):
        assert words in page
    assert "Nguyễn Thị Huệ" not in page
    assert "Có sự cố: Mất , Mới báo" in said(await ut.page(at))
    await done(hung, at, "record_loss", things=[f"paper:{paper}"])
    assert "đang mất: 1" in said(await hung.page(PATH))
    await done(hung, path, "take_on_incident")
    refused = await sent(hung, path, "end_incident", ending="found")
    assert (refused.status_code, "đang ghi là mất" in said(refused)) == (409, True)
    await done(hung, at, "record_found", things=[f"paper:{paper}"])
    await done(hung, path, "end_incident", ending="found")
    assert "Đã tìm thấy" in said(await ut.page(path))
    assert "Có sự cố" not in said(await ut.page(at))


async def test_who_reported_it_is_not_offered_to_end_it(office: Office) -> None:
    hung, hoa = await office.desk("hung"), await office.desk("hoa")
    path = await reported(hung, cause="threat")
    await done(hung, path, "take_on_incident")
    assert not forms(await hung.page(path), "end_incident")
    await done(hoa, path, "end_incident", ending="no_damage")
    await done(hung, path, "reopen_incident", reason="not_over")
    assert "Đang xử lý" in said(await hung.page(path))


async def test_a_label_is_scanned_and_the_parcel_is_frozen(office: Office) -> None:
    ut = await office.desk("ut")
    case, item, _ = await a_case(office)
    path = await reported(ut, cause="torn", scanned=item)
    assert f"Bưu gửi {item}" in said(await ut.page(path))
    lines = (await ut.get("/api/desk/cases")).json()["cases"]
    assert next(one["incidents"] for one in lines if one["case_id"] == case) == 1
    assert "Có sự cố" in said(await ut.page("/desk"))
    offered = await ut.act(
        case,
        "offer",
        {
            "offer_id": str(uuid7()),
            "parcel_ids": [_parcel(await ut.get(f"/api/desk/cases/{case}"))],
            "paper_ids": [],
            "to": {"kind": "unit", "id": str(office.town.ground.furnished.one_stop)},
        },
    )
    assert offered.json()["type"].endswith(":under-incident")


def _parcel(shown: httpx.Response) -> str:
    return shown.json()["parcels"][0]["parcel_id"]


async def test_what_is_typed_wrong_is_said_and_stays_typed(office: Office) -> None:
    ut = await office.desk("ut")
    answer = await sent(ut, PATH, "report_incident", happened="hôm qua", note="Xe ngã ở cầu")
    assert answer.status_code == 400
    assert "23/11/2026 14:30" in said(answer)
    assert "Xe ngã ở cầu" in answer.text
    path = await reported(ut, cause="accident", happened="24/11/2026 16:05")
    assert "16:05" in said(await ut.page(path))


async def test_compensation_is_told_with_its_rule_and_too_little_is_refused(office: Office) -> None:
    ut, hung = await office.desk("ut"), await office.desk("hung")
    path = await reported(ut, cause="lost")
    await done(hung, path, "take_on_incident")
    assert "Nghị định 47/2011/NĐ-CP" in said(await hung.page(path))
    less = await sent(hung, path, "end_incident", ending="compensated", postage="26.000", compensation="100.000")
    assert (less.status_code, "130.000 đồng" in said(less)) == (400, True)
    assert 'value="100.000"' in less.text
    await done(hung, path, "end_incident", ending="compensated", postage="26.000", compensation="130.000")
    record = said(await hung.page(f"{path}/record"))
    for words in ("Biên bản sự cố", "130.000", "Đã bồi thường", "Người giữ sau cùng ký"):
        assert words in record


async def test_an_incident_is_there_for_the_offices_it_concerns_alone(office: Office) -> None:
    ut, thao, hoa = [await office.desk(name) for name in ("ut", "thao", "hoa")]
    path = await reported(ut, cause="dog")
    assert (await thao.page(path)).status_code == 404
    assert (await thao.page(f"{path}/record")).status_code == 404
    assert path not in (await thao.page(PATH)).text
    assert path in (await hoa.page(PATH)).text
    assert not forms(await hoa.page(PATH), "report_incident")


async def test_the_agency_counts_one_paper_less_and_sees_the_incident_at_once(office: Office) -> None:
    """And nobody asks the citizen: no duty, no supplement (F04)."""
    ut, mai, hung = [await office.desk(name) for name in ("ut", "mai", "hung")]
    case, item, _ = await a_case(office)
    at = f"/desk/cases/{case}"
    await done(ut, at, "offer", to=f"unit:{office.town.ground.furnished.one_stop}")
    await done(mai, at, "receive", scanned=item)
    await done(mai, at, "open_seal", counted="0")
    shown = (await mai.get(f"/api/desk/cases/{case}")).json()
    assert (shown["state"], shown["duties"], shown["exceptions"]) == ("handed_to_agency", [], [])
    [incident] = shown["incidents"]
    path = f"{PATH}/{incident['incident_id']}"
    page = said(await hung.page(path))
    assert "phát hiện khi nhận, đếm" in page
    assert "Lê Thị Mai" in page
    assert forms(await hung.page(path), "take_on_incident")


async def test_two_people_open_a_pouch_at_the_counter(office: Office) -> None:
    hung = await office.desk("hung")
    case, _, _ = await a_case(office)
    at = f"/desk/cases/{case}"
    await done(hung, at, "open_on_record", counted="1", seal_number="NP-0999", reason="wet")
    shown = (await hung.get(f"/api/desk/cases/{case}")).json()
    assert [one["seal_number"] for one in shown["parcels"]] == ["NP-0999"]


def test_every_cause_has_words_and_only_people_report() -> None:
    assert set(CAUSES) == set(get_args(Cause))
    assert set(REPORTED) == set(get_args(Cause)) - FOUND_OUT
