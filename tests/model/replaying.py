"""The verifier looks at the place as a sequence has left it."""

from pathlib import Path

from backend.database import Transaction
from backend.verify.database import Snapshot
from backend.verify.keys import read_keys
from backend.verify.main import How, check

UNCOMMITTED = "feed.future"
"""What is said of rows whose transaction has not ended: nothing here is committed."""


async def verified(tx: Transaction, keys: Path) -> list[str]:
    """Every act told again on its own, and every table compared. Empty: no difference."""
    report = await check(Snapshot(tx.connection), How(keys=read_keys(keys)))
    return [
        f"verify: {one.code} {one.table} {one.key}: {one.found}, not {one.expected}"
        for one in report.findings
        if one.code != UNCOMMITTED
    ]
