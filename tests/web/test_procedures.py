"""What anybody may read before they register: what to prepare, what it costs, how long, and what nobody knows yet."""

import re
from datetime import date

import httpx
import pytest

from backend.procedures import seed, service
from tests.procedures.builders import a_version
from tests.web.conftest import Office, slug

HTML = {"Accept": "text/html"}


async def read(office: Office, path: str, status: int = 200) -> str:
    """The words of a page without its tags."""
    answer = await office.http.get(path, headers=HTML)
    assert answer.status_code == status, answer.text
    assert "<script" not in answer.text
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


async def test_every_procedure_of_the_catalogue_has_a_page(office: Office) -> None:
    shown = (await office.http.get("/thu-tuc", headers=HTML)).text
    for one in seed.samples():
        if one.holds(date(2026, 11, 25)):
            assert f'href="/thu-tuc/{one.code}"' in shown
            assert one.name in await read(office, f"/thu-tuc/{one.code}")


@pytest.mark.parametrize("q", ["khai sinh lưu động", "khai sinh luu dong", "1.003583", "  KHAI SINH LUU DONG "])
async def test_a_procedure_is_found_without_tone_marks(office: Office, q: str) -> None:
    answer = await office.http.get("/thu-tuc", params={"q": q}, headers=HTML)
    assert "/thu-tuc/1.003583" in answer.text


async def test_the_page_of_certified_copies_says_the_whole_tariff(office: Office) -> None:
    text = await read(office, "/thu-tuc/2.000815")
    for said in (
        "2.000 đ một trang",
        "Từ trang thứ 3: 1.000 đ một trang",
        "Nhiều nhất 200.000 đ một bản",
        "Cước bưu chính",
        "Bản chính gửi kèm hồ sơ",
        "Trong ngày; nhận sau 15:00 thì ngày làm việc tiếp theo; thêm 2 ngày nếu nhiều trang hoặc nhiều bản",
        "trước đó chỉ là dự kiến",
    ):
        assert said in text, said


async def test_free_names_the_relief_and_what_is_in_a_database_is_not_asked_for(office: Office) -> None:
    text = await read(office, "/thu-tuc/1.001193")
    assert "Miễn: Đăng ký đúng hạn trong 60 ngày" in text
    assert "Không phải nộp: cơ quan tự tra trong cơ sở dữ liệu" in text
    assert "ký trên giấy hoặc điểm chỉ" in text
    assert "0277 1022" in text
    assert "Một cửa" in text
    assert "Bất kỳ bưu cục" in text


async def test_what_nobody_knows_is_said_to_be_unknown(office: Office) -> None:
    text = await read(office, "/thu-tuc/2.000528")
    assert text.count("hưa rõ") >= 6
    assert "Miễn" not in text
    assert "Không thu phí" not in text


async def test_an_old_paper_that_is_taken_in_is_told_before(office: Office) -> None:
    assert "Thu lại giấy cũ" in await read(office, "/thu-tuc/H20.GPLX")
    assert "Thu lại giấy cũ" in await read(office, "/thu-tuc/h20.gplx")


async def test_a_sample_says_that_it_is_one(office: Office) -> None:
    assert "Mẫu, chưa đối chiếu" in await read(office, "/thu-tuc/2.000635")


async def test_a_change_is_announced_and_shown_by_its_day(office: Office) -> None:
    async with office.tx() as tx:
        new = a_version("2.000635", valid_from=date(2027, 1, 1), name="Tên mới của thủ tục")
        await service.publish(tx, [new], office.running.clock())
    text = await read(office, "/thu-tuc/2.000635")
    assert "Thủ tục này thay đổi từ ngày 01/01/2027" in text
    later = await read(office, "/thu-tuc/2.000635?ngay=2027-01-01")
    assert "Tên mới của thủ tục" in later
    assert "vào ngày 01/01/2027" in later
    assert "Mẫu, chưa đối chiếu" not in later
    for bad in ("x", "2027-13-01", "0000-00-00"):
        assert "Tên mới" not in await read(office, f"/thu-tuc/2.000635?ngay={bad}")


async def test_it_is_read_in_english_too(office: Office) -> None:
    text = await read(office, "/thu-tuc/2.000635?lang=en")
    assert "Papers to prepare" in text
    assert "8.000 đ a copy" in text


@pytest.mark.parametrize("code", ["1.999999", "x", "%00", "2.000635'--", "9.000635"])
async def test_an_unknown_procedure_says_what_to_do(office: Office, code: str) -> None:
    answer = await office.http.get(f"/thu-tuc/{code}")
    assert answer.status_code == 404
    if slug(answer) == "no-such-procedure":
        assert "Tìm thủ tục theo tên" in answer.json()["detail"]


@pytest.mark.parametrize("q", ["%", "'", "khong co thu tuc nao nhu the nay", "a" * 5000])
async def test_a_search_that_finds_nothing_says_what_to_do(office: Office, q: str) -> None:
    answer = await office.http.get("/thu-tuc", params={"q": q}, headers=HTML)
    assert answer.status_code == 200
    assert "Không tìm thấy thủ tục nào" in answer.text


async def test_a_question_with_a_character_nobody_sees_is_refused(office: Office) -> None:
    answer: httpx.Response = await office.http.get("/thu-tuc", params={"q": "khai\x00sinh"}, headers=HTML)
    assert answer.status_code == 400
    assert "Xóa đi rồi gửi lại" in answer.text


async def test_what_is_asked_is_text_never_part_of_the_page(office: Office) -> None:
    answer = await office.http.get("/thu-tuc", params={"q": '"><script>alert(1)</script>'}, headers=HTML)
    assert "<script" not in answer.text


async def test_the_first_page_leads_there(office: Office) -> None:
    assert 'href="/thu-tuc"' in (await office.http.get("/", headers=HTML)).text
