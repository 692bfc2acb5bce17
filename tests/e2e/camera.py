"""What the phone's camera sees in a test.

`film`: for Chromium's own fake camera, a launch flag: a browser for each film. `hold_up`: a canvas in place of the
camera, which can change in the middle of a test. Keep a few tests on the real flag: only it proves `getUserMedia`.
"""

import base64
import io
from pathlib import Path

from PIL import Image
from playwright.async_api import Page

SIZE = (1280, 720)
"""Pixels of a frame; the canvas below has as many, unless another size is asked for."""

UPRIGHT = (1920, 2560)
"""Of the camera of a phone that is held upright, and asked for pages."""

_CANVAS = """
(() => {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = SIZE;
  const pen = canvas.getContext('2d');
  let picture = null;
  let drawn = 0;
  const until = async (seen) => {
    for (let tries = 0; !seen(); tries += 1) {
      if (tries === 400) throw new Error('the camera shows nothing');
      await new Promise((next) => setTimeout(next, 50));
    }
  };
  // Done when the page can see it: one frame may still be under way, so the third is taken.
  window.holdUp = async (url) => {
    const next = new Image();
    next.src = url;
    await next.decode();
    picture = next;
    const before = drawn;
    await until(() => drawn > before);
    const video = document.querySelector('video');
    if (!video) return;
    let frames = 0;
    const count = () => {
      frames += 1;
      video.requestVideoFrameCallback(count);
    };
    video.requestVideoFrameCallback(count);
    await until(() => frames > 2 || !video.isConnected);
  };
  // A stream shows a frame only when something was drawn.
  setInterval(() => {
    pen.fillStyle = '#777';
    pen.fillRect(0, 0, canvas.width, canvas.height);
    if (picture) pen.drawImage(picture, 0, 0);
    drawn += 1;
  }, 100);
  navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(10);
})();
"""
CANVAS = _CANVAS.replace("SIZE", str(list(SIZE)))


def frame(picture: Image.Image, size: tuple[int, int] = SIZE) -> Image.Image:
    """The picture on a grey ground, as large as fits, the size of the camera."""
    fitted = picture.convert("RGB")
    fitted.thumbnail(size)
    ground = Image.new("RGB", size, (119, 119, 119))
    ground.paste(fitted, ((size[0] - fitted.width) // 2, (size[1] - fitted.height) // 2))
    return ground


def film(picture: Image.Image, path: Path) -> list[str]:
    """Writes a film of one picture (`path` ends in `.mjpeg`); the flags of the browser whose camera shows it.

    JPEG after JPEG in 4:2:0: any other sampling shows as a plain green picture, with no error.
    """
    still = io.BytesIO()
    frame(picture).save(still, "JPEG", quality=90, subsampling="4:2:0")
    path.write_bytes(still.getvalue() * 5)
    return [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={path.absolute()}",
    ]


async def replace_camera(page: Page, size: tuple[int, int] = SIZE) -> None:
    """Before the page is opened: its camera shows what `hold_up` gives, grey until then."""
    await page.add_init_script(_CANVAS.replace("SIZE", str(list(size))))


async def hold_up(page: Page, picture: Image.Image, size: tuple[int, int] = SIZE) -> None:
    """From now on the camera sees this, and so does the page that has it open."""
    still = io.BytesIO()
    frame(picture, size).save(still, "PNG")
    url = "data:image/png;base64," + base64.b64encode(still.getvalue()).decode()
    await page.evaluate("url => window.holdUp(url)", url)
