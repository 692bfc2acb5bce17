"""The verifier looks at the place as a sequence has left it."""

from pathlib import Path

from backend.database import Transaction
from backend.verify.call_backs import check_call_backs
from backend.verify.chains import check_chains
from backend.verify.commands import check_commands
from backend.verify.custody import check_custody
from backend.verify.database import Snapshot
from backend.verify.keys import read_keys
from backend.verify.money import check_money
from backend.verify.personal import check_personal
from backend.verify.promises import check_promises
from backend.verify.replay.card_codes import CardKeys
from backend.verify.replay.replay import check_replay
from backend.verify.report import Report


async def verified(tx: Transaction, folder: Path) -> list[str]:
    """Every act told again on its own, and every table compared. Empty: no difference. `folder`: of the keys.

    Grants and schema are the same in all sequences, and what waits is looked at here (`kept`): those are left out.
    """
    seen, keys = Snapshot(tx.connection), read_keys(folder)
    report = Report(await seen.value("SELECT now()"))
    for look in (check_chains, check_commands, check_money, check_custody, check_promises):
        await look(seen, report)
    await check_call_backs(seen, report, keys.presence)
    opener = await check_personal(seen, report, keys)
    await check_replay(seen, report, opener, CardKeys(keys.tracking, keys.card))
    return [f"verify: {one.code} {one.table} {one.key}: {one.found}, not {one.expected}" for one in report.findings]
