"""Killed at any moment, whoever tells decides nothing twice, loses nothing, and says nothing in two ways."""

import asyncio
import json
import random
import subprocess
import sys
from collections import defaultdict
from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from backend.keys import KeyRing, Purpose
from tests.notices.conftest import Post, at_vietnam, registered
from tests.notices.listening import listening

KILLS, CASES = 5, 12
ROOT = Path(__file__).parents[2]


@contextmanager
def telling(post: Post, ring: KeyRing, url: str) -> Generator["subprocess.Popen[str]"]:
    keys = str(ring.file(Purpose.SIGN).parent)
    command = [sys.executable, "-m", "tests.notices.telling_process", post.url, keys, url, post.now.isoformat()]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout is not None
        assert process.stdout.readline() == "telling\n"
        try:
            yield process
        finally:
            process.kill()


async def acted(post: Post, number: int) -> None:
    """Every third has no phone."""
    wish = {} if number % 3 == 0 else {"phone": f"0912 000 {number:03}"}
    async with post.field() as field:
        case = await registered(field, **wish)
        await field.at_desk(field.mai, case, "report_mismatch", {"field": "owner_name"}, base=99)


async def test_nothing_is_lost_doubled_or_said_in_two_ways(post: Post, ring: KeyRing) -> None:
    chance = random.Random(7)
    post.now = at_vietnam("2026-11-25 08:00")
    with listening() as gateway:
        gateway.slow = 0.05
        for number in range(KILLS * CASES):
            await acted(post, number)
        for _ in range(KILLS):
            with telling(post, ring, gateway.url) as process:
                await asyncio.sleep(chance.uniform(0.02, 0.5))
                process.kill()
            post.now += timedelta(minutes=5)
        with telling(post, ring, gateway.url):
            async with asyncio.timeout(60):
                while await post.rows("SELECT FROM notices WHERE state = 'waiting' OR duty_due") or not await post.rows(
                    "SELECT FROM notices"
                ):
                    await asyncio.sleep(0.2)
    said: dict[str, set[str]] = defaultdict(set)
    for headers, body in gateway.requests:
        said[headers["webhook-id"]].add(json.dumps(json.loads(body)["data"], sort_keys=True))
    assert {len(ways) for ways in said.values()} == {1}
    rows = await post.rows("SELECT notice_id, act_id, state FROM notices")
    assert len({row["act_id"] for row in rows}) == len(rows) == KILLS * CASES
    assert {str(row["notice_id"]) for row in rows if row["state"] == "sent"} == set(said)
    assert len(said) == KILLS * CASES * 2 / 3
    [duties] = await post.rows(
        "SELECT count(*) AS acts, count(DISTINCT subject_id) AS cases FROM acts WHERE kind = 'open_duty'"
    )
    assert duties["acts"] == duties["cases"] == KILLS * CASES / 3
