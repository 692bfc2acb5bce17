"""Pages photographed at a door, without a network: judged at once, taken again or used all the same, corners dragged,
the tab killed in between; then every picture is at the centre whole."""

import hashlib
import io
from collections.abc import Generator
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageOps, ImageStat
from playwright.async_api import Locator, Page, Route, expect

from backend.documents.quality import judged
from backend.documents.sealing import unseal
from backend.keys import KeyRing
from tests.documents.pages_seen import GOOD, every_kind, held, sheet
from tests.e2e.camera import UPRIGHT, hold_up, replace_camera
from tests.e2e.courier_phone import CourierPhone, booked_for, courier, labels_of
from tests.e2e.running_demo import MORNING, Demo, running_demo
from tests.e2e.screens import DESK, Screens, size_of
from tests.e2e.test_office import looks_well, sign_in
from tests.e2e.test_phone_without_barriers import in_every_look
from tests.shared_data import shared
from tests.stories.town import Town, Towns

MOST_OF_SIX = 1_500_000
"""Bytes of six pages of a visit, with their previews."""
LARGEST_PREVIEW = 60_000
"""Bytes."""
MOST_MOVED = 6
"""Of 255 levels of grey, root mean square."""


@pytest.fixture(scope="module")
def door() -> Generator[Demo]:
    """Of its own: its houses are used up."""
    with running_demo(TANNHA_NOW=MORNING) as demo:
        yield demo


@pytest.fixture(scope="module")
def base_url(door: Demo) -> str:
    return door.url


def real_page(name: str = "handwriting-ocr-page02.jpg") -> Image.Image:
    """A photograph of a real page that lies whole in it, as near as a courier would hold the phone."""
    with Image.open(shared("photos", name)) as opened:
        picture = ImageOps.exif_transpose(opened).convert("RGB")
    return ImageOps.fit(picture, UPRIGHT)


def out_of_focus(picture: Image.Image) -> Image.Image:
    return picture.filter(ImageFilter.GaussianBlur(6))


class Pages:
    """The step of photographing, on a phone whose camera sees what the test holds up."""

    def __init__(self, phone: CourierPhone) -> None:
        self.phone = phone

    @property
    def page(self) -> Page:
        return self.phone.page

    @property
    def said(self) -> Locator:
        return self.page.get_by_role("status")

    @classmethod
    async def at_a_house(cls, screens: Screens, demo: Demo, account: str, name: str | None = None) -> "Pages":
        """Papers are taken there, without a network. `name`: whose house; else the next one."""
        phone = await CourierPhone.new(screens)
        await replace_camera(phone.page, UPRIGHT)
        await phone.enrol(courier(demo, account)["enrolment_codes"].pop(0))
        await phone.is_kept()
        await phone.page.context.set_offline(True)
        if name is not None:
            await phone.to_the_stop(name)
        await phone.arrive()
        await phone.identify()
        await phone.tell()
        await phone.take_papers()
        await phone.button("Chụp giấy tờ").click()
        return cls(phone)

    async def begin(self, paper: int = 0) -> None:
        await self.page.get_by_role("button", name="Chụp", exact=True).nth(paper).click()
        await expect(self.page.locator("video")).to_be_visible()

    async def shoot(self, picture: Image.Image) -> None:
        await hold_up(self.page, picture, UPRIGHT)
        await self.phone.button("Chụp", exact=True).click()
        await expect(self.page.get_by_label("Ảnh vừa chụp")).to_be_visible()

    async def press(self, name: str) -> None:
        await self.phone.button(name, exact=True).click()

    async def corners(self) -> list[list[int]]:
        """Where they come to rest."""
        shown, before = self.page.locator(".handles polygon"), None
        while (points := await shown.get_attribute("points")) != before:
            before = points
            await self.page.wait_for_timeout(100)
        assert points is not None
        return [[int(place) for place in corner.split(",")] for corner in points.split(" ")]

    async def drag(self, name: str, dx: int, dy: int) -> None:
        """By touch."""
        box = await self.phone.button(name).bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2 + 6, box["y"] + box["height"] / 2 - 4
        touch = await self.page.context.new_cdp_session(self.page)
        for step in range(6):
            kind = "touchMove" if step else "touchStart"
            where = [{"x": x + dx * step / 5, "y": y + dy * step / 5}]
            await touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": where})
        await touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    async def killed(self) -> None:
        """Once the phone says that it has the picture."""
        await expect(self.page.get_by_text("Ảnh đã lưu tạm trên máy.")).to_be_visible(timeout=30_000)
        context = self.page.context
        fresh = await context.new_page()
        await replace_camera(fresh, UPRIGHT)
        await self.page.close(run_before_unload=False)
        self.phone.page = fresh
        await fresh.goto("/courier/")
        await self.phone.to_the_house()
        await self.phone.button("Chụp giấy tờ").click()

    async def shelf(self, name: str) -> list[dict[str, Any]]:
        """What lies on the phone, the bytes left out."""
        return await self.page.evaluate(
            """(name) => new Promise((done, failed) => {
                const asked = indexedDB.open('tannha');
                asked.onerror = () => failed(asked.error);
                asked.onsuccess = () => {
                    const all = asked.result.transaction(name).objectStore(name).getAll();
                    all.onsuccess = () => done(all.result.map(({ sealed, ...rest }) => rest));
                };
            })""",
            name,
        )

    async def sent(self, previews: bool) -> list[dict[str, Any]]:
        """All files of that kind, once the centre has them."""
        for _ in range(120):
            found = [one for one in await self.shelf("files") if bool(one.get("preview")) is previews]
            if found and all(one["received"] for one in found):
                return found
            await self.page.wait_for_timeout(500)
        raise AssertionError("the pictures were not sent")

    async def all_sent(self) -> list[dict[str, Any]]:
        """The originals; what is smaller went before."""
        await self.page.context.set_offline(False)
        return await self.sent(previews=False)


def received(demo: Demo, one: dict[str, Any]) -> bytes:
    """What the centre has of a file: the sealed bytes and what is in them are those that the phone hashed."""
    name = one["sealed_hash"]
    sealed = (demo.data / "files" / name[:2] / name).read_bytes()
    assert hashlib.sha256(sealed).hexdigest() == name
    plain = unseal(KeyRing.open(demo.data / "keys"), sealed)
    assert hashlib.sha256(plain).hexdigest() == one["hash"]
    return plain


def opened(plain: bytes) -> Image.Image:
    with Image.open(io.BytesIO(plain), formats=("WEBP",)) as picture:
        return picture.convert("RGB")


async def test_a_blurred_page_is_taken_again_and_the_good_one_is_at_the_centre_whole(
    screens: Screens, door: Demo
) -> None:
    pages = await Pages.at_a_house(screens, door, "lan")
    await pages.begin()
    await pages.shoot(out_of_focus(real_page()))
    await expect(pages.said).to_have_text("Ảnh bị mờ. Chụp lại, giữ yên máy.")
    await pages.press("Chụp lại")
    await pages.shoot(real_page())
    await expect(pages.said).to_have_text("Ảnh rõ.")
    found = await pages.corners()
    await pages.drag("Góc trên bên trái", 20, 30)
    moved = await pages.corners()
    assert moved[1:] == found[1:]
    assert 300 < moved[0][0] - found[0][0] < 1500
    assert 200 < moved[0][1] - found[0][1] < 1500
    await pages.phone.button("Góc dưới bên phải").focus()
    await pages.page.keyboard.press("ArrowLeft")
    await pages.page.keyboard.press("Shift+ArrowUp")
    moved = await pages.corners()
    assert [moved[2][0] - found[2][0], moved[2][1] - found[2][1]] == [-25, -250]
    await pages.killed()
    await expect(pages.said).to_have_text("Ảnh rõ.")
    assert await pages.corners() == moved
    # Twice, as an impatient thumb does.
    await pages.phone.button("Dùng ảnh này").dblclick()
    await expect(pages.said).to_contain_text("Đã lưu trang 1 trên máy")
    await pages.press("Xong")
    await expect(pages.page.get_by_text("Đã chụp 1 trang")).to_be_visible()
    [sent] = await pages.all_sent()
    picture = opened(received(door, sent))
    assert picture.size == UPRIGHT
    _, verdict = judged(picture, [(x, y) for x, y in moved])
    assert verdict.bad == []
    await pages.press("Quay lại")
    await pages.phone.collect()
    await pages.phone.sign()
    await pages.phone.seal(labels_of(door, courier(door, "lan")["person"])[0], "NP00000001")
    await expect(pages.phone.button("Niêm phong (đã xong)")).to_be_visible()
    await pages.phone.finish()
    await expect(pages.page.locator("p.state")).to_have_text("Hoàn thành")
    await pages.press("Quay lại")
    await pages.phone.counters(saved=10, received=10)
    Town(door).adds_up()


async def test_what_is_used_all_the_same_stays_visible_and_can_be_taken_again(screens: Screens, door: Demo) -> None:
    pages = await Pages.at_a_house(screens, door, "tu")
    good, bad = every_kind()["good"][0], every_kind()["out of focus"][0]
    await in_every_look(pages.page)
    await pages.begin()
    await in_every_look(pages.page)
    await pages.shoot(bad)
    await expect(pages.said).to_contain_text("Ảnh bị mờ")
    await in_every_look(pages.page)
    await pages.press("Vẫn dùng ảnh này")
    await expect(pages.said).to_contain_text("Đã lưu trang 1 trên máy. Chụp trang 2")
    await pages.shoot(good)
    await pages.press("Dùng ảnh này")
    await expect(pages.said).to_contain_text("Đã lưu trang 2 trên máy")
    await pages.press("Xong")
    await expect(pages.page.get_by_text("Trang 1: mờ, vẫn dùng.")).to_be_visible()
    await in_every_look(pages.page)
    await pages.press("Chụp lại trang 1")
    await pages.shoot(good)
    await pages.press("Dùng ảnh này")
    await expect(pages.page.get_by_text("Đã chụp 2 trang")).to_be_visible()
    await expect(pages.page.get_by_text("vẫn dùng")).to_have_count(0)
    await pages.press("Chụp sau tại bưu cục")
    await pages.page.locator("button[type=submit]").click()
    await expect(pages.page.get_by_role("alert")).to_contain_text("Chọn một lý do")
    await pages.page.get_by_label("Trời mưa").check()
    await in_every_look(pages.page)
    await pages.page.locator("button[type=submit]").dblclick()
    await expect(pages.page.get_by_text("Chụp sau tại bưu cục: Trời mưa")).to_have_count(1)
    await expect(pages.phone.button("Chụp sau tại bưu cục")).to_have_count(0)
    await expect(pages.page.locator("p.notice")).to_have_text("Chụp sau tại bưu cục: Trời mưa")
    sent = await pages.all_sent()
    assert len(sent) == 3
    assert [len(received(door, one)) for one in sent] == [one["size"] for one in sent]
    Town(door).adds_up()


async def test_six_pages_of_a_visit_are_small_and_as_legible_as_they_were_seen(screens: Screens, door: Demo) -> None:
    pages = await Pages.at_a_house(screens, door, "lan")
    real = [real_page(name) for name in ("handwriting-ocr-page02.jpg", "page_dewarp-boston_cooking_a.jpg")]
    shown = [*real, *(held(sheet(number), GOOD) for number in range(4))]
    await pages.begin()
    for number, picture in enumerate(shown, 1):
        await pages.shoot(picture)
        await pages.phone.button("Dùng ảnh này").or_(pages.phone.button("Vẫn dùng ảnh này")).click()
        await expect(pages.said).to_contain_text(f"Đã lưu trang {number} ", timeout=30_000)
    sent = await pages.all_sent()
    assert len(sent) == len(shown)
    whole = await pages.shelf("files")
    assert len(whole) == 2 * len(sent), "a preview of each"
    assert sum(one["size"] for one in whole) < MOST_OF_SIX, whole
    for one, before in zip(sorted(sent, key=lambda file: file["at"]), shown, strict=True):
        assert as_legible(opened(received(door, one)), before)


async def test_an_office_looks_at_previews_while_the_originals_wait_for_a_better_network(
    screens: Screens, door: Demo, towns: Towns
) -> None:
    await booked_for(towns(door), "tu", "Lâm Thị Sen")
    pages = await Pages.at_a_house(screens, door, "tu", "Lâm Thị Sen")
    await pages.begin()
    for number in (1, 2):
        await pages.shoot(real_page())
        await pages.phone.button("Dùng ảnh này").or_(pages.phone.button("Vẫn dùng ảnh này")).click()
        await expect(pages.said).to_contain_text(f"Đã lưu trang {number} ", timeout=30_000)
    lengths: list[int] = []

    async def too_slow(route: Route) -> None:
        """For what is larger than this, the connection always breaks."""
        length = int(route.request.headers.get("upload-length", 0))
        lengths.append(length)
        await (route.abort() if length > LARGEST_PREVIEW else route.continue_())

    await pages.page.context.route("**/api/courier/files**", too_slow)
    await pages.page.context.set_offline(False)
    previews = await pages.sent(previews=True)
    assert [one["received"] for one in await pages.shelf("files")].count(True) == len(previews) == 2
    assert [length > LARGEST_PREVIEW for length in lengths[:3]] == [False, False, True]
    case = next(one["case_id"] for one in await pages.shelf("outbox") if one["kind"] == "photograph")
    office = await screens.open(**DESK)
    await sign_in(office, door, "hoa")
    await office.goto(f"/desk/cases/{case}")
    await office.get_by_role("link", name="Xem ảnh giấy tờ (2)").click()
    await shown(office, "Ảnh nhỏ xem trước; ảnh gốc còn trên máy của nhân viên bưu điện", 900)
    await looks_well(office)
    await pages.page.context.unroute("**/api/courier/files**")
    await pages.all_sent()
    await shown(office, "Ảnh gốc", max(UPRIGHT))


async def shown(office: Page, said: str, longest: int) -> None:
    """Both pictures of the page, in their size; the worker opens them one after the other."""
    for _ in range(120):
        await office.reload()
        if await office.get_by_text(said, exact=True).count() == 2:
            break
        await office.wait_for_timeout(500)
    await expect(office.get_by_text(said, exact=True)).to_have_count(2)
    for picture in await office.get_by_role("img").all():
        await picture.scroll_into_view_if_needed()
        assert max(await size_of(picture)) == longest


def as_legible(after: Image.Image, before: Image.Image) -> bool:
    """Encoding took next to nothing from the edges of the letters, and moved no grey by what an eye sees."""
    sharp_before, sharp_after = (judged(picture, None)[0].sharpness for picture in (before, after))
    assert sharp_before is not None
    assert sharp_after is not None
    moved = ImageStat.Stat(ImageChops.difference(before.convert("L"), after.convert("L"))).rms[0]
    return sharp_after > sharp_before * 0.9 and moved < MOST_MOVED
