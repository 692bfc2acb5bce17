"""Fixtures of the browser tests: `phone` and `desk` are open pages; `demo` is the running system they look at.

A test that looks at something else gives its own `base_url`.
"""

import os
from collections.abc import AsyncGenerator, Generator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, Playwright, async_playwright

from tests.e2e.chromium import NODE
from tests.e2e.running_demo import MORNING, WEEKDAY, Demo, running_demo
from tests.e2e.screens import DESK, PHONE, OpenPage, Screens, launch
from tests.notices.push_service import PushService, push_service
from tests.stories.town import Town, Towns

_failed = pytest.StashKey[bool]()
_pictures = pytest.StashKey[list[Path]]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Generator[None, Any, Any]:
    report = yield
    if report.failed:
        item.stash[_failed] = True
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if pictures := config.stash.get(_pictures, []):
        terminalreporter.section("what the browser showed")
        for picture in pictures:
            terminalreporter.write_line(str(picture))


@pytest.fixture(scope="session")
def pushes() -> Generator[PushService]:
    """The only push service that the demo may call: no test sends anything to a real one."""
    with push_service() as found:
        yield found


@pytest.fixture(scope="session")
def demo(pushes: PushService) -> Generator[Demo]:
    with running_demo(TANNHA_NOW=f"{WEEKDAY}T09:30:00+07:00", TANNHA_PUSH_SERVICES=pushes.url) as running:
        yield running


@pytest.fixture(scope="session")
def round_of_lan() -> Generator[Demo]:
    """A demo for the courier's phone alone: it is killed, and its visits are used up."""
    with running_demo(TANNHA_NOW=MORNING) as demo:
        yield demo


@pytest.fixture(scope="session")
def base_url(demo: Demo) -> str:
    return demo.url


@pytest.fixture(scope="session")
async def playwright() -> AsyncGenerator[Playwright]:
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(NODE)
    async with async_playwright() as started:
        yield started


@pytest.fixture(scope="session")
async def browser(playwright: Playwright) -> AsyncGenerator[Browser]:
    started = await launch(playwright)
    yield started
    await started.close()


@pytest.fixture
async def screens(
    request: pytest.FixtureRequest, browser: Browser, base_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[Screens]:
    """After a failed test there is a picture of every page. An error that a page did not catch fails the test."""
    opened = Screens(browser, base_url)
    yield opened
    if request.node.stash.get(_failed, False):
        pictures = await opened.photograph(tmp_path_factory.mktemp(request.node.name[:40], numbered=True))
        request.config.stash.setdefault(_pictures, []).extend(pictures)
    await opened.close()
    assert opened.errors == []


@pytest.fixture
async def towns() -> AsyncGenerator[Towns]:
    opened: list[Town] = []

    def town(demo: Demo) -> Town:
        opened.append(Town(demo))
        return opened[-1]

    yield town
    for each in opened:
        await each.line.close()


@pytest.fixture
def open_phone(screens: Screens) -> OpenPage:
    return partial(screens.open, **PHONE)


@pytest.fixture
def open_desk(screens: Screens) -> OpenPage:
    return partial(screens.open, **DESK)


@pytest.fixture
async def phone(open_phone: OpenPage) -> Page:
    return await open_phone()


@pytest.fixture
async def desk(open_desk: OpenPage) -> Page:
    return await open_desk()
