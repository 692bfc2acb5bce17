from tests.verify.conftest import Damage


async def test_a_told_story_has_no_difference_and_explains_what_waits(damage: Damage) -> None:
    report = await damage.verified()
    print("\n".join(report.lines(0)))
    assert report.findings == []
    waits = {one.code for one in report.explained}
    assert {"queue.review", "queue.behind", "queue.held", "queue.exception", "page.expected"} <= waits
