"""Row 5 of `requirements.md`: one stage or several of making dossiers digital are given to the post, from outside."""

import asyncio
import re
from typing import Any

import httpx

from tests.pages import plain
from tests.stories.desk import Desk, words
from tests.stories.matter import AGENCY, POST, THREE_PAPERS, Matter
from tests.stories.phone import took_effect
from tests.stories.town import Town

STAGES = {
    "photograph": "Chụp",
    "arrange": "Đặt tên và sắp xếp trang",
    "check_quality": "Kiểm tra chất lượng",
    "assemble": "Ghép tệp",
    "cross_check": "Đối chiếu",
}
RECORD = "Biên bản bàn giao dữ liệu số hóa"
BIRTH, EXTRACT = "1.001193", "2.000635"
PLAN = "Kế hoạch phối hợp số 9 năm 2022"
_PATIENCE = 300


async def stages(town: Town, who: str, one: Matter) -> dict[str, str]:
    """What the page of a case says of each."""
    drawn = (await town.desk(who).page(f"/desk/cases/{one.id}")).text
    section = drawn.partition('<section aria-labelledby="digitised">')[2].partition("</section>")[0]
    said = [plain(item) for item in section.split("<li>")[1:]]
    return dict(zip(STAGES, said, strict=True))


async def taken(town: Town, **typed: Any) -> Matter:
    """Three papers, four pages of them photographed at the door."""
    one, lan = await Matter.registered(town, **typed), await town.phone("lan")
    await one.confirmed()
    await one.booked("lan", await town.today(), "15:00-16:00")
    await lan.pulls()
    one.arrives(lan)
    one.checks_identity(lan)
    one.takes(lan, THREE_PAPERS)
    one.pays(lan)
    one.seals(lan)
    one.finishes(lan)
    took_effect(await lan.sends())
    return one


async def assembled(town: Town, one: Matter) -> None:
    """The worker has opened every page and put the files together."""
    for _ in range(_PATIENCE):
        if "3/3 tệp" in (await stages(town, "ut", one))["assemble"]:
            return
        await asyncio.sleep(0.2)
    raise AssertionError(await stages(town, "ut", one))


async def gives(desk: Desk, stage: str, assignee: str, procedure: str = "") -> None:
    form = await desk.form("/desk/digitisation", "assign_stage")
    typed = {"stage": stage, "assignee": assignee, "procedure": procedure, "basis": PLAN}
    answer = await desk.send("/desk/digitisation", form | typed)
    assert answer.status_code == 303, words(answer)


async def record(town: Town, who: str, one: Matter, stage: str) -> httpx.Response:
    return await town.desk(who).page(f"/desk/cases/{one.id}/digitisation/{stage}")


async def test_row_5_the_post_does_the_stages_it_was_given_and_hands_the_data_over_with_a_record(town: Town) -> None:
    one = await taken(town)
    await assembled(town, one)
    said = await stages(town, "ut", one)
    for stage, name in STAGES.items():
        assert said[stage].startswith(name)
        assert (POST if stage != "cross_check" else AGENCY) in said[stage]
    assert "3/3 giấy tờ · xong" in said["photograph"]
    assert "3/3 giấy tờ · xong" in said["arrange"]
    assert "4/4 trang đạt · xong" in said["check_quality"]
    assert [stage for stage in STAGES if RECORD in said[stage]] == ["cross_check"]

    for who in ("ut", "mai"):
        answer = await record(town, who, one, "cross_check")
        assert answer.status_code == 200, answer.text
        told = plain(answer.text)
        assert f"Bên giao {POST}" in told
        assert f"Bên nhận {AGENCY}" in told
        assert "Cộng 3 thành phần 4 4 3 tệp" in told
        assert len(set(re.findall(r"\b[0-9a-f]{64}\b", told))) == 3
    for stage in ("photograph", "arrange", "check_quality", "assemble"):
        assert (await record(town, "ut", one, stage)).status_code == 404, stage
    assert (await record(town, "quy", one, "cross_check")).status_code == 403

    assert "0/1 hồ sơ" in said["cross_check"]
    lan = await town.phone("lan")
    await one.to_the_post(lan)
    await one.to_the_one_stop()
    await one.examined()
    assert "1/1 hồ sơ · xong" in (await stages(town, "mai", one))["cross_check"]


async def test_row_5_each_stage_is_given_to_post_or_office_by_post_and_by_procedure(town: Town) -> None:
    sau = town.desk("sau")
    assert (await town.desk("ut").page("/desk/digitisation")).status_code == 403
    birth, extract = await taken(town, procedure=BIRTH), await taken(town, procedure=EXTRACT)
    for stage, name in STAGES.items():
        usual, other = ("office", "post") if stage == "cross_check" else ("post", "office")
        unit = {"post": POST, "office": AGENCY}
        await gives(sau, stage, other, BIRTH)
        assert unit[other] in (await stages(town, "ut", birth))[stage], name
        assert unit[usual] in (await stages(town, "ut", extract))[stage], "another procedure"
        await gives(sau, stage, other)
        assert unit[other] in (await stages(town, "mai", extract))[stage], "the whole post"
        await gives(sau, stage, usual)
        await gives(sau, stage, usual, BIRTH)
        assert unit[usual] in (await stages(town, "ut", birth))[stage]
    page = plain((await sau.page("/desk/digitisation")).text)
    assert f"{PLAN} · người phân công {town.name('sau')}" in page
    assert f"Riêng thủ tục {BIRTH}" in page


async def test_row_5_data_goes_to_the_office_and_back_with_a_record_each_way(town: Town) -> None:
    sau = town.desk("sau")
    await gives(sau, "check_quality", "office", BIRTH)
    one = await taken(town, procedure=BIRTH)
    said = await stages(town, "ut", one)
    assert [stage for stage in STAGES if RECORD in said[stage]] == ["check_quality", "assemble", "cross_check"]
    for stage, giver, receiver in (("check_quality", POST, AGENCY), ("assemble", AGENCY, POST)):
        told = plain((await record(town, "mai", one, stage)).text)
        assert f"Bên giao {giver}" in told
        assert f"Bên nhận {receiver}" in told
    await gives(sau, "check_quality", "post", BIRTH)
