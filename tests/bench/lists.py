"""How long lists take with very many cases: `python -m tests.bench.lists [--cases 1000000] [--plans FILE]`.

A demo, a small simulated day on it for what waits and what is to be told, then its cases copied by COPY. Every list is
read over HTTP by people of different reach, one request at a time. `--plans`: the plans of all statements that took
longer than 5 ms, as the server executed them; those of 1,000,000 cases are kept in `plans/lists.txt`.
Exit status 1 when a list needs more than 200 ms (median).
"""

import argparse
import asyncio
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

import asyncpg
import httpx

from backend import postgres
from tests.bench import many_cases
from tests.bench.machine import described
from tests.e2e.running_demo import Demo, running_demo

ALLOWED_MS = 200
TIMES = 15
TANNHA = Path(sys.executable).with_name("tannha")
ROLES = ("supervisor", "head_of_post", "dispatcher", "one_stop_officer", "operator")
PATHS = (
    "/desk",
    "/desk?state=booked",
    "/desk?state=closed",
    "/desk?q=nguyen",
    "/desk?q=le+thi+hue",
    "/desk?q=0500000",
    "/desk/calls",
    "/desk/tell",
    "/desk/review",
    "/desk/label-sets",
    "/desk/register",
    "/api/desk/cases",
    "/api/desk/review",
)


async def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--plans", type=Path)
    asked = parser.parse_args()
    say = sys.stdout.write
    say(described() + "\n")
    with running_demo(TANNHA_SESSION_HOURS="12") as demo, postgres.start(demo.data) as server:
        _simulated(demo)
        connection = await asyncpg.connect(server.dsn())
        began = time.perf_counter()
        await many_cases.copied(connection, asked.cases, say)
        say(f"copied and counted in {time.perf_counter() - began:.0f} s\n")
        if asked.plans:
            await _explain(connection)
        slow = [line for role in ROLES for line in await _read(demo, role, say)]
        await connection.close()
        if asked.plans:
            asked.plans.write_text(_plans(demo.data / "postgres.log"))
    say("\n".join(["", *slow]) + "\n" if slow else "every list within the time allowed\n")
    return 1 if slow else 0


def _simulated(demo: Demo) -> None:
    command = [TANNHA, "simulate", "--base", demo.url, "--couriers", "10", "--visits", "40", "--seed", "3", "--json"]
    environment = {**os.environ, "TANNHA_DATA": str(demo.data), "TANNHA_DEMO": "true"}
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)  # noqa: S603


async def _read(demo: Demo, role: str, say: Any) -> list[str]:
    """Every list as the first who holds this role reads it. What took too long, in words."""
    desk = next(one for one in demo.cast["desks"] if any(held["role"] == role for held in one["roles"]))
    slow: list[str] = []
    async with httpx.AsyncClient(base_url=demo.url, timeout=60) as http:
        headers = {"Origin": demo.url, "Sec-Fetch-Site": "same-origin"}
        signed = await http.post(
            "/api/desk/sign-in", json={"account": desk["account"], "password": desk["password"]}, headers=headers
        )
        cookie = {"Cookie": signed.headers["Set-Cookie"].partition(";")[0]}
        for path in PATHS:
            taken: list[float] = []
            for _ in range(TIMES):
                began = time.perf_counter()
                answer = await http.get(path, headers=cookie)
                taken.append((time.perf_counter() - began) * 1000)
                if answer.status_code == 403 or taken[-1] > 5000:
                    break
            if answer.status_code == 403:
                continue
            line = f"{role:22} {path:24} {answer.status_code} {median(taken):7.1f} ms, at most {max(taken):.1f}"
            say(line + "\n")
            if median(taken) > ALLOWED_MS or answer.status_code != 200:
                slow.append(line)
    return slow


async def _explain(connection: "asyncpg.Connection[Any]") -> None:
    """The server writes the plans of slow statements of new connections into its log."""
    for setting in (
        "session_preload_libraries = 'auto_explain'",
        "auto_explain.log_min_duration = '5ms'",
        "auto_explain.log_analyze = on",
        "auto_explain.log_timing = off",
        "auto_explain.log_parameter_max_length = 0",
    ):
        await connection.execute(f"ALTER SYSTEM SET {setting}")
    await connection.execute("SELECT pg_reload_conf()")
    await connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'tannha_app' AND state = 'idle'"
    )
    await asyncio.sleep(1)


def _plans(log: Path) -> str:
    """Each statement once, with its slowest plan."""
    found: dict[str, tuple[float, str]] = {}
    for entry in re.split(r"\n(?=\d{4}-\d\d-\d\d )", log.read_text(errors="replace")):
        told = re.search(r"duration: ([\d.]+) ms  plan:\n(.*)", entry, re.DOTALL)
        if told is None:
            continue
        text, plan = re.split(r"\n(?=\s*\S[^\n]*\(cost=)", told[2], maxsplit=1)
        if found.get(text, (0.0, ""))[0] < float(told[1]):
            found[text] = float(told[1]), plan
    ordered = sorted(found.items(), key=lambda one: -one[1][0])
    return "\n\n".join(f"-- {took:.0f} ms\n{text.strip()}\n\n{plan}" for text, (took, plan) in ordered) + "\n"


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
