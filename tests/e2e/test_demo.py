"""The demo that all browser tests look at."""

from playwright.async_api import Page

from tests.e2e.running_demo import Demo


async def test_the_demo_runs_and_says_who_is_who(demo: Demo, desk: Page) -> None:
    answer = await desk.goto("/health")
    assert answer is not None
    assert answer.status == 200
    assert demo.cast["base"] == demo.url
    assert all(demo.cast[what] for what in ("couriers", "desks", "units", "cases", "labels"))
