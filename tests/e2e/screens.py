"""A real browser as two kinds of people have it: a phone in the hand and a screen on a desk."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, BrowserContext, Error, Locator, Page, Playwright, expect

from tests.e2e import chromium

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
DESK: dict[str, Any] = {"viewport": {"width": 1366, "height": 768}}

# The browser asks nobody about anything: no updates, no lists, no QUIC.
_FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PATIENCE = 20_000
"""Milliseconds that a page has to show what is expected: what is not true fails later, and no machine is too slow."""
expect.set_options(timeout=PATIENCE)

OpenPage = Callable[..., Awaitable[Page]]
"""Call it for one more page, in a context of its own; keywords go to the context, such as `java_script_enabled`."""


async def launch(playwright: Playwright, *flags: str) -> Browser:
    return await playwright.chromium.launch(
        executable_path=chromium.find(), headless=True, chromium_sandbox=False, args=[*_FLAGS, *flags]
    )


class Screens:
    """The pages one test has open, and what went wrong in them."""

    def __init__(self, browser: Browser, base_url: str) -> None:
        self.browser = browser
        self.base_url = base_url
        self.contexts: list[BrowserContext] = []
        self.errors: list[str] = []

    async def open(self, **kind: Any) -> Page:
        context = await self.browser.new_context(**{"locale": "vi-VN", "base_url": self.base_url, **kind})
        self.contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.on("weberror", lambda error: self.errors.append(f"{error.page and error.page.url}: {error.error}"))
        return await context.new_page()

    async def photograph(self, folder: Path) -> list[Path]:
        """A picture of every open page."""
        pictures: list[Path] = []
        for number, page in enumerate((page for context in self.contexts for page in context.pages), 1):
            picture = folder / f"{number}.png"
            try:
                await page.screenshot(path=picture, timeout=5_000)
            except Error:  # a page that hangs must not hide why the test failed
                continue
            pictures.append(picture)
        return pictures

    async def close(self) -> None:
        for context in self.contexts:
            await context.close()


async def size_of(picture: Locator) -> tuple[int, int]:
    """Pixels of an image on a page, once the browser has fetched it, which may be after the page itself is shown.

    (0, 0) if it cannot be drawn.
    """
    await expect(picture).to_be_visible()
    await expect(picture).to_have_js_property("complete", value=True)
    width, height = await picture.evaluate("one => [one.naturalWidth, one.naturalHeight]")
    return width, height


async def barriers(page: Page) -> list[str]:
    """What on this page shuts people out: WCAG 2.2 AA and good practice, as axe-core sees it; empty is well."""
    found = await Axe().run(page, options={"runOnly": _RULES, "resultTypes": ["violations"]})
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']}: {node['html']}"
        for rule in found.response["violations"]
        for node in rule["nodes"]
    ]
