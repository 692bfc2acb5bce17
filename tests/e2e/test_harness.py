"""The browser of these tests can do what a courier's phone must, and what goes wrong in it is noticed."""

import threading
from collections.abc import Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import qrcode
import zxingcpp
from PIL import Image
from playwright.async_api import Page, Playwright, expect

from tests.e2e.camera import film, hold_up, replace_camera
from tests.e2e.screens import PHONE, OpenPage, Screens, barriers, launch

PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Tận Nhà</title>
<meta name="viewport" content="width=device-width"></head>
<body><main><h1>Việc kế tiếp</h1><button>Đã đến</button><p id="net"></p><video muted playsinline></video></main>
<script>
document.querySelector('button').onclick = () => { document.querySelector('h1').textContent = 'Ghi rồi' };
const show = () => { document.querySelector('#net').textContent = navigator.onLine ? 'có mạng' : 'mất mạng' };
addEventListener('online', show); addEventListener('offline', show); show();
async function look() {
  const video = document.querySelector('video');
  video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { width: 1280, height: 720 } });
  await video.play();
}
</script></body></html>"""
WORKER = """
addEventListener('install', event => event.waitUntil(
  caches.open('shell').then(cache => cache.add('/')).then(() => skipWaiting())));
addEventListener('activate', event => event.waitUntil(clients.claim()));
addEventListener('fetch', event => event.respondWith(
  caches.match(event.request).then(hit => hit || fetch(event.request))));
"""
BARRED = '<!doctype html><html><head><title></title></head><body><img src="data:,"></body></html>'
BROKEN = '<!doctype html><html lang="vi"><title>x</title><script>nothingOfThatName()</script></html>'
PAGES = {
    "/": ("text/html; charset=utf-8", PAGE),
    "/worker.js": ("text/javascript", WORKER),
    "/barred": ("text/html", BARRED),
    "/broken": ("text/html", BROKEN),
}


class Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        kind, text = PAGES.get(self.path, ("text/plain", ""))
        self.send_response(200 if self.path in PAGES else 404)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (its name in the base class)
        pass


@pytest.fixture(scope="module")
def base_url() -> Generator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def code(text: str) -> Image.Image:
    drawn = qrcode.QRCode(box_size=12, border=4)
    drawn.add_data(text)
    return drawn.make_image().get_image()


async def seen(page: Page, picture: Path) -> list[str]:
    """The codes in what the camera's picture on the page shows."""
    await page.locator("video").screenshot(path=picture)
    with Image.open(picture) as shown:
        return [found.text for found in zxingcpp.read_barcodes(shown)]


async def test_a_finger_touches_a_button_on_the_phone(phone: Page) -> None:
    await phone.goto("/")
    await phone.get_by_role("button", name="Đã đến").tap()
    await expect(phone.get_by_role("heading", name="Ghi rồi")).to_be_visible()
    assert await phone.evaluate("navigator.language") == "vi-VN"
    assert await phone.evaluate("navigator.maxTouchPoints") > 0


async def test_phone_and_desk_are_as_large_as_theirs(phone: Page, desk: Page) -> None:
    await phone.goto("/")
    await desk.goto("/")
    assert await phone.evaluate("[innerWidth, devicePixelRatio]") == [390, 2]
    assert await desk.evaluate("[innerWidth, innerHeight]") == [1366, 768]


async def test_the_phone_may_hold_keys_and_locks_and_a_camera(phone: Page) -> None:
    await phone.goto("/")
    have = await phone.evaluate(
        "[isSecureContext, !!crypto.subtle, !!navigator.serviceWorker, !!navigator.locks, !!navigator.mediaDevices]"
    )
    assert have == [True] * 5


async def test_the_shell_opens_again_with_no_network(phone: Page) -> None:
    await phone.goto("/")
    await phone.evaluate("navigator.serviceWorker.register('/worker.js')")
    # Ready is not enough: the first page is controlled only once the worker has claimed it.
    await phone.evaluate(
        """async () => {
            await navigator.serviceWorker.ready;
            if (!navigator.serviceWorker.controller)
                await new Promise(done => navigator.serviceWorker.addEventListener('controllerchange', done));
        }"""
    )
    await phone.context.set_offline(True)
    await expect(phone.locator("#net")).to_have_text("mất mạng")
    await phone.reload()
    await expect(phone.get_by_role("heading", name="Việc kế tiếp")).to_be_visible()
    assert not await phone.evaluate("fetch('/nothing').then(() => true, () => false)")
    await phone.context.set_offline(False)
    assert await phone.evaluate("fetch('/nothing').then(() => true, () => false)")


async def test_the_camera_sees_a_film(playwright: Playwright, base_url: str, tmp_path: Path) -> None:
    browser = await launch(playwright, *film(code("TANNHA FILM"), tmp_path / "label.mjpeg"))
    try:
        page = await browser.new_page(base_url=base_url)
        await page.goto("/")
        await page.evaluate("look()")
        await expect(page.locator("video")).to_have_js_property("videoWidth", 1280)
        assert await seen(page, tmp_path / "seen.png") == ["TANNHA FILM"]
    finally:
        await browser.close()


async def test_what_is_held_up_to_the_camera_can_change(open_desk: OpenPage, tmp_path: Path) -> None:
    page = await open_desk()
    await replace_camera(page)
    await page.goto("/")
    await page.evaluate("look()")
    for label in ("TANNHA 1", "TANNHA 2"):
        await hold_up(page, code(label))
        assert await seen(page, tmp_path / "seen.png") == [label]


async def test_a_page_without_barriers_has_none_and_planted_ones_are_found(desk: Page) -> None:
    await desk.goto("/")
    assert await barriers(desk) == []
    await desk.goto("/barred")
    assert {found.split(" ")[0] for found in await barriers(desk)} >= {"document-title", "html-has-lang", "image-alt"}


async def test_letters_of_vietnamese_are_drawn(desk: Page) -> None:
    """A missing letter is drawn as the same empty box whatever it is."""
    await desk.goto("/")
    widths = await desk.evaluate(
        """() => {
            const pen = document.createElement('canvas').getContext('2d');
            pen.font = '40px sans-serif';
            const image = letter => {
                pen.clearRect(0, 0, 80, 80); pen.fillText(letter, 10, 60);
                return pen.getImageData(0, 0, 80, 80).data.join('');
            };
            return [...'ăâđêôơưằẫệỗợữỵ\\u{10FFFD}'].map(image);
        }"""
    )
    assert len(set(widths)) == len(widths)


async def test_an_error_that_a_page_did_not_catch_is_kept(screens: Screens) -> None:
    page = await screens.open(**PHONE)
    async with page.context.expect_event("weberror"):
        await page.goto("/broken")
    assert ["nothingOfThatName" in error for error in screens.errors] == [True]
    screens.errors.clear()


async def test_a_picture_is_taken_of_every_open_page(screens: Screens, tmp_path: Path) -> None:
    for _ in range(2):
        await (await screens.open(**PHONE)).goto("/")
    for picture in await screens.photograph(tmp_path):
        with Image.open(picture) as shown:
            assert shown.size == (780, 1688)
    assert sorted(picture.name for picture in tmp_path.iterdir()) == ["1.png", "2.png"]
