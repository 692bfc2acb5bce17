"""A job worker that does nothing but tell, to be killed: `dsn keys url now`. A minute of its clock is a second."""

import asyncio
import sys
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from backend import work
from backend.database import connect
from backend.keys import KeyRing
from backend.notices.senders import Webhook
from backend.notices.sending import Sending
from backend.notices.telling import Duties


async def main(dsn: str, keys: str, url: str, now: str) -> None:
    began, start = time.monotonic(), datetime.fromisoformat(now).astimezone(UTC)

    def clock() -> datetime:
        return start + 60 * timedelta(seconds=time.monotonic() - began)

    ring = KeyRing.open(Path(keys))
    database = await connect(dsn, role="tannha_service", size=4)
    sending = Sending(database, ring, clock, Webhook(url, ring), "https://tannha.dongthap.example")
    duties = Duties(database, clock, partial(work.act_of_system, ring, clock))
    sys.stdout.write("telling\n")
    sys.stdout.flush()
    while True:
        await work.tell(database, clock, sending, duties)
        await asyncio.sleep(0.02)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
