"""The province at one look: nothing of a unit that is no more is lost from sight."""

import re
from html import unescape

from tests.web.conftest import Office

POST = "Bưu điện xã Mỹ Hiệp"


async def names(office: Office) -> list[str]:
    drawn = (await (await office.desk("hoa")).page("/desk/province")).text
    return [unescape(name) for name in re.findall(r'<span class="name">(.*?)</span>', drawn)]


async def test_what_goes_on_at_a_post_that_was_closed_is_still_counted_under_its_last_name(office: Office) -> None:
    async with office.field() as field:
        await field.confirmed()
    assert POST in await names(office)
    async with office.tx() as tx:
        await tx.connection.execute("RESET ROLE")
        await tx.run(
            """UPDATE unit_versions SET valid = daterange(lower(valid), '2026-11-24')
               WHERE unit_id = $post AND upper_inf(valid)""",
            post=office.town.ground.furnished.post,
        )
    assert POST in await names(office)


async def test_it_says_how_many_procedures_of_who_does_not_write_have_a_form(office: Office) -> None:
    """Row 28. Copies are certified without anything being declared: it is named all the same."""
    drawn = " ".join((await (await office.desk("hoa")).page("/desk/province")).text.split())
    assert "thủ tục có tờ khai điện tử: <strong>5/6</strong>" in drawn
    assert "chưa có: Chứng thực bản sao từ bản chính giấy tờ, văn bản" in drawn
