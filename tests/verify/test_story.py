"""What happened without damage verifies, and what waits is explained."""

from backend.verify.main import How
from tests.verify.conftest import Damage


async def test_a_told_story_has_no_difference_and_explains_what_waits(damage: Damage) -> None:
    report = await damage.verified()
    assert report.findings == []
    waits = {one.code for one in report.explained}
    assert {"queue.review", "queue.behind", "queue.held", "queue.exception", "queue.suspense", "page.expected"} <= waits


async def test_without_keys_and_files_the_rest_verifies(damage: Damage) -> None:
    report = await damage.verified(How())
    assert report.findings == []
    assert report.counted["personal parts"] == report.counted["files"] == 0
