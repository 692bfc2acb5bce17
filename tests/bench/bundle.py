"""How many bytes a courier's day is on its way to a new phone: `python -m tests.bench.bundle [--visits 60]`.

A demo of its own; each visit is of a case with an address, a phone number, a fee and its papers. What is fetched once
for all days (procedures, rules) is told apart. Exit status 1 when sixty visits are more than 40 kB.
"""

import argparse
import asyncio
import gzip
import json
import sys
from datetime import date, timedelta
from itertools import product

from tests.bench.machine import described
from tests.e2e.running_demo import Demo, running_demo
from tests.stories.matter import Matter
from tests.stories.town import Town

ALLOWED_KB, FOR = 40, 60
TUESDAY = "2026-12-01T06:25:00+07:00"
"""Then four days on which posts are open follow each other."""
WINDOWS = ("08:00-09:00", "09:00-10:00", "10:00-11:00", "13:00-14:00", "14:00-15:00", "15:00-16:00")
FEE = 8_000
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ")
GIVEN = ("Thị Bích Huệ", "Văn Mười", "Ngọc Ánh", "Thanh Tùng", "Thị Sáu", "Minh Khang", "Quốc Bảo")


async def booked(town: Town, visits: int) -> None:
    """For Lan, from today on, no window fuller than three."""
    today = date.fromisoformat(await town.today())
    names = [f"{family} {given}" for family, given in product(FAMILY, GIVEN)]
    for number in range(visits):
        turn, window = divmod(number // 3, len(WINDOWS))
        one = await Matter.registered(
            town,
            owner_name=names[number % len(names)],
            phone=f"09{number * 7_919 % 100_000_000:08}",
            address=f"Số {number + 1}, tổ {number % 9 + 1}",
            hamlet=f"Ấp {number % 7 + 1}",
            landmark=f"Qua cầu số {number % 5 + 1}, rẽ phải {number * 37 % 400 + 50} m, nhà mái tôn xanh",
        )
        await one.confirmed(FEE)
        await one.booked("lan", (today + timedelta(days=turn)).isoformat(), WINDOWS[window])


async def measured(demo: Demo, visits: int) -> dict[str, int]:
    """Bytes, compressed as the server does it, by what it is."""
    town = Town(demo)
    await booked(town, visits)
    phone = await town.phone("lan")
    answer = await phone.courier.carrier.request("GET", "/api/courier/sync/day")
    day = json.loads(answer.content)
    sizes = {"the day": len(gzip.compress(answer.content, 6))}
    for part, value in day.items():
        sizes[f"  of it {part}"] = len(gzip.compress(json.dumps(value, ensure_ascii=False).encode(), 6))
    catalogue = await phone.courier.carrier.request("GET", f"/api/courier/procedures/{day['catalogue']}")
    sizes["procedures, fetched once"] = len(gzip.compress(catalogue.content, 6))
    sizes["visits"] = len(day["visits"])
    await town.line.close()
    return sizes


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--visits", type=int, default=FOR)
    visits: int = asked.parse_args().visits
    sys.stdout.write(described() + "\n")
    with running_demo(TANNHA_NOW=TUESDAY) as demo:
        sizes = asyncio.run(measured(demo, visits))
    sys.stdout.write(f"{sizes.pop('visits')} visits in the day, {visits} of them made here\n")
    for name, size in sizes.items():
        if size > 200:
            sys.stdout.write(f"{size / 1000:8.1f} kB gz  {name}\n")
    return int(visits <= FOR and sizes["the day"] > ALLOWED_KB * 1000)


if __name__ == "__main__":
    sys.exit(main())
