"""`tannha verify`: runs every check in one snapshot of the database and says what is wrong, row by row."""

import argparse
import asyncio
import sys
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import msgspec

from backend import config
from backend.config import BadSetting, Settings
from backend.verify.against import check_against, check_checkpoints
from backend.verify.call_backs import check_call_backs
from backend.verify.chains import check_chains
from backend.verify.commands import check_commands
from backend.verify.custody import check_custody
from backend.verify.database import CannotRun, Snapshot, Source, snapshot, source
from backend.verify.files import check_files
from backend.verify.grants import check_grants
from backend.verify.keys import Keys, read_keys
from backend.verify.money import check_money
from backend.verify.personal import check_personal
from backend.verify.promises import check_promises
from backend.verify.queues import check_queues
from backend.verify.replay.card_codes import CardKeys
from backend.verify.replay.replay import check_replay
from backend.verify.report import Report
from backend.verify.run_sheets import check_run_sheets
from backend.verify.schema import check_schema, read_declared

NOTHING_WRONG, DIFFERENCES, DID_NOT_RUN = 0, 1, 2
NO_KEYS = Keys()


class How(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked at beside the database. `files`: None leaves their bytes unread."""

    files: Path | None = None
    keys: Keys = NO_KEYS
    against: Path | None = None
    patience: timedelta = timedelta(minutes=5)
    attended: bool = True


def main(argv: Sequence[str]) -> int:
    """0: no difference. 1: differences, each with its row. 2: could not run."""
    asked = _arguments().parse_args(argv)
    began = time.monotonic()
    try:
        settings = config.read()
        with source(settings) as where:
            report = asyncio.run(verify(where, settings, asked))
    except (CannotRun, BadSetting) as error:
        sys.stderr.write(f"Chưa kiểm tra được · could not run: {error}\n")
        return DID_NOT_RUN
    seconds = time.monotonic() - began
    if asked.json:
        sys.stdout.write(report.json(seconds).decode() + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in report.lines(seconds))
    return DIFFERENCES if report.findings else NOTHING_WRONG


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tannha verify",
        description="Proves from the database alone that nothing is lost, doubled, forged or inconsistent.",
    )
    parser.add_argument("--json", action="store_true", help="one object for machines")
    parser.add_argument("--against", type=Path, metavar="FILE", help="a checkpoint (*.note) kept outside")
    parser.add_argument("--keys", action="store_true", help="also open personal parts and check our own signatures")
    parser.add_argument(
        "--patience", type=float, default=300.0, metavar="SECONDS", help="how old a job or a complete upload may grow"
    )
    parser.add_argument("--no-files", action="store_true", help="leave the bytes of files unread")
    return parser


async def verify(where: Source, settings: Settings, asked: argparse.Namespace) -> Report:
    """Raises CannotRun."""
    how = How(
        files=None if asked.no_files else settings.files,
        keys=read_keys(settings.keys) if asked.keys else NO_KEYS,
        against=asked.against,
        patience=timedelta(seconds=asked.patience),
        attended=where.attended,
    )
    async with snapshot(where.dsn) as seen:
        return await check(seen, how)


async def check(seen: Snapshot, how: How) -> Report:
    """Every check on one moment. Raises CannotRun."""
    report = Report(await seen.value("SELECT now()"))
    said = read_declared()
    await check_schema(seen, report, said)
    await check_grants(seen, report, said)
    await check_chains(seen, report)
    await check_commands(seen, report)
    await check_money(seen, report)
    await check_custody(seen, report)
    await check_run_sheets(seen, report)
    await check_promises(seen, report)
    await check_call_backs(seen, report, how.keys.presence)
    await check_queues(seen, report, patience=how.patience, attended=how.attended)
    if how.files is not None:
        await check_files(seen, report, how.files, patience=how.patience)
    await check_checkpoints(seen, report, how.keys.signing)
    opener = await check_personal(seen, report, how.keys)
    await check_replay(seen, report, opener, CardKeys(how.keys.tracking, how.keys.card))
    if how.against is not None:
        await check_against(seen, report, how.against, how.keys.signing)
    return report
