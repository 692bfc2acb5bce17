"""Row 41 of `requirements.md`: the province checks, follows and urges, over all units (Trung tâm KSTTHC&PVHCC)."""

import re
from html import unescape

from backend.ids import uuid7
from tests.stories.desk import slug
from tests.stories.matter import AGENCY, POST, Matter
from tests.stories.town import Town

OTHER_POST = "Bưu điện phường Mỹ Tho"
QUESTION = {"question": "Nhận bản sao được không?"}


async def units(town: Town) -> dict[str, str]:
    """Name of the unit -> what the supervisor reads of it."""
    drawn = (await town.desk("hoa").page("/desk/province")).text
    lines = [" ".join(unescape(re.sub("<[^>]+>", " ", one)).split()) for one in re.findall("<li>.*?</li>", drawn, re.S)]
    names = [unescape(name) for name in re.findall(r'<span class="name">(.*?)</span>', drawn)]
    return dict(zip(names, lines, strict=True))


def number(said: str, what: str) -> int:
    found = re.search(what, said)
    return int(found[1]) if found is not None else 0


async def test_row_41_one_page_shows_every_unit_with_what_goes_on_and_what_waits(town: Town) -> None:
    """Of the post and the agency of one commune and the post of another, whoever works there."""
    before = await units(town)
    here, there = await Matter.registered(town), await Matter.registered(town, "thao", handling_unit="")
    await here.confirmed()
    await here.does("ut", "ask_guidance", QUESTION)
    after = await units(town)
    for name in (POST, OTHER_POST):
        assert number(after[name], r"(\d+) hồ sơ") > number(before.get(name, ""), r"(\d+) hồ sơ"), name
    asked = r"câu hỏi chưa trả lời: (\d+)"
    assert number(after[AGENCY], asked) == number(before.get(AGENCY, ""), asked) + 1
    await here.does("mai", "answer_guidance", {"answer": "Nhận."})
    assert number((await units(town))[AGENCY], asked) == number(before.get(AGENCY, ""), asked)
    for one in (here, there):
        assert (await town.desk("hoa").page(f"/desk/cases/{one.id}")).status_code == 200, "from the whole province"


async def test_row_41_the_province_follows_and_changes_nothing_of_what_units_decide(town: Town) -> None:
    one, hoa = await Matter.registered(town), town.desk("hoa")
    for kind, body in (
        ("confirm", {}),
        ("cancel", {"reason": "citizen_asked"}),
        ("ask_guidance", {"question_id": str(uuid7())}),
    ):
        refused = await hoa.act(one.id, kind, body)
        assert (refused.status_code, slug(refused)) == (403, "not-allowed"), refused.text
    assert (await one.shown())["state_vi"] == "Mới đăng ký"


async def test_row_41_call_backs_incidents_and_what_waits_are_seen_from_the_province(town: Town) -> None:
    hoa = town.desk("hoa")
    for path in ("/desk/call-backs", "/desk/incidents", "/desk/review", "/desk"):
        assert (await hoa.page(path)).status_code == 200, path
    for who in ("ut", "mai", "kim"):
        assert (await town.desk(who).page("/desk/province")).status_code == 403, who


async def test_row_41_a_unit_is_urged_until_a_day_and_its_answer_is_kept(town: Town) -> None:
    """The post is late, says so, and answers; an urging of the agency stays until the agency answers it."""
    one, hoa, sau = await Matter.registered(town), town.desk("hoa"), town.desk("sau")
    await one.confirmed()
    words, answer = "Công dân gọi hai lần, chưa ai đến.", "Bưu tá đến sáng mai."
    before = await waiting_for(town, "sau")
    await one.does("hoa", "urge", {"words": words, "unit": str(town.unit(POST))}, not_by="ut")
    assert await waiting_for(town, "sau") == before + 1
    page = (await hoa.page(f"/desk/cases/{one.id}")).text
    for said in (words, POST, "trả lời trước hết ngày", "Chờ trả lời"):
        assert said in unescape(page), said
    await one.does("sau", "answer_urging", {"answer": answer}, not_by="mai")
    assert await waiting_for(town, "sau") == before
    for desk in (hoa, sau):
        answered = (await desk.page("/desk/urgings")).text.partition("Đã trả lời")[2]
        assert words in answered
        assert answer in answered
    await one.does("hoa", "urge", {"words": words, "unit": str(town.unit(AGENCY))})
    assert await waiting_for(town, "sau") == before
    await one.does("mai", "answer_urging", {"answer": "Đã trả kết quả cho bưu điện."}, not_by="sau")


async def waiting_for(town: Town, who: str) -> int:
    """What the menu says."""
    return number((await town.desk(who).page("/desk")).text, r"Đôn đốc \((\d+)\)")
