"""An outside checkpoint: whatever a superuser does later to what it covers is found, and in which chain."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from msgspec.structs import replace

from backend.acts import chain
from backend.acts.chain import Link
from backend.acts.checkpoints import NOTE, FolderSink, make_checkpoint
from backend.keys import KeyRing
from backend.verify.against import check_against, heads_beside
from backend.verify.database import CannotRun, Snapshot
from backend.verify.keys import read_keys
from backend.verify.report import Report
from tests.verify.conftest import Damage

AT = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
FIELDS = Link.__struct_fields__
Chain = list[tuple[Link, UUID | None]]
"""The acts of one chain, each with the case it stands under."""


@pytest.fixture
async def outside(damage: Damage, tmp_path: Path) -> Path:
    """The note of a checkpoint of the story, sent to a folder."""
    made = await make_checkpoint(damage.tx, KeyRing.open(damage.ground.keys), AT)
    await FolderSink(tmp_path / "outside").send(made)
    return tmp_path / "outside" / f"{made.name}{NOTE}"


async def _against(damage: Damage, outside: Path) -> Report:
    report = Report(AT)
    keys = read_keys(damage.ground.keys).signing
    await damage.tx.connection.execute("SET LOCAL ROLE tannha_service")
    await check_against(Snapshot(damage.tx.connection), report, outside, keys)
    await damage.tx.connection.execute("RESET ROLE")
    return report


async def test_nothing_done_since_is_no_difference(damage: Damage, outside: Path) -> None:
    report = await _against(damage, outside)
    assert report.findings == []
    assert report.counted["chains against"] == await damage.tx.value("SELECT count(*) FROM subjects WHERE n > 0")


async def test_chains_that_grew_since_are_no_difference(damage: Damage, outside: Path) -> None:
    grown = await _chain(damage, damage.ground.story["case"])
    await _rewrite(damage, [*grown, (replace(grown[-1][0], id=uuid4()), grown[-1][1])])
    assert (await _against(damage, outside)).findings == []


async def test_a_hundred_edits_with_hashes_made_to_fit_are_all_found(damage: Damage, outside: Path) -> None:
    """Each rewrites a chain whole, so that it verifies by itself: only the outside checkpoint knows better."""
    chance = random.Random(20261125)
    subjects = [row["id"] for row in await damage.tx.all("SELECT id FROM subjects WHERE n > 2 ORDER BY id")]
    for _ in range(100):
        subject, edit = chance.choice(subjects), chance.choice(EDITS)
        savepoint = damage.tx.connection.transaction()
        await savepoint.start()
        await _rewrite(damage, edit(chance, await _chain(damage, subject)), subject)
        report = await _against(damage, outside)
        changed = {one.key["id"] for one in report.findings if one.code.startswith("against.")}
        assert changed == {str(subject)}, edit.__name__
        await savepoint.rollback()


def _change_a_field(chance: random.Random, acts: Chain) -> Chain:
    at = chance.randrange(len(acts))
    values: dict[str, Callable[[Link], Any]] = {
        "actor": lambda _: uuid4(),
        "kind": lambda link: f"{link.kind}_",
        "occurred_at": lambda link: link.occurred_at - timedelta(minutes=1),
        "fingerprint": lambda link: chain.genesis("x", link.id),
        "outcome": lambda link: f"{link.outcome} ",
        "exceptions": lambda link: [*link.exceptions, "act:role"],
        "rules_judged": lambda link: link.rules_judged + 1,
    }
    field = chance.choice(sorted(values))
    link, case = acts[at]
    return [*acts[:at], (replace(link, **{field: values[field](link)}), case), *acts[at + 1 :]]


def _cut_the_tail(chance: random.Random, acts: Chain) -> Chain:
    return acts[: -chance.randrange(1, len(acts))]


def _take_one_out(chance: random.Random, acts: Chain) -> Chain:
    at = chance.randrange(len(acts))
    return [*acts[:at], *acts[at + 1 :]]


def _put_one_in(chance: random.Random, acts: Chain) -> Chain:
    at = chance.randrange(len(acts))
    link, case = acts[at]
    return [*acts[:at], (replace(link, id=uuid4()), case), *acts[at:]]


def _swap_two(chance: random.Random, acts: Chain) -> Chain:
    at = chance.randrange(len(acts) - 1)
    return [*acts[:at], acts[at + 1], acts[at], *acts[at + 2 :]]


def _burn_all(_chance: random.Random, _acts: Chain) -> Chain:
    return []


EDITS = (_change_a_field, _cut_the_tail, _take_one_out, _put_one_in, _swap_two, _burn_all)


async def _chain(damage: Damage, subject: UUID) -> Chain:
    rows = await damage.tx.all("SELECT * FROM acts WHERE subject_id = $subject ORDER BY n", subject=subject)
    return [(Link(**{name: row[name] for name in FIELDS}), row["case_id"]) for row in rows]


async def _rewrite(damage: Damage, acts: Chain, subject: UUID | None = None) -> None:
    """Numbers and hashes made anew, and the head with them."""
    subject = subject or acts[0][0].subject_id
    await damage.plant("DELETE FROM acts WHERE subject_id = $subject", subject=subject)
    hash_ = b""
    for n, (written, case) in enumerate(acts, start=1):
        link = replace(written, n=n)
        previous = hash_ or chain.genesis(link.subject_kind, link.subject_id)
        hash_ = chain.hashed(previous, link)
        row: dict[str, Any] = {name: getattr(link, name) for name in FIELDS}
        await _insert(damage.tx.connection, row | {"case_id": case, "previous": previous, "hash": hash_})
    if acts:
        await damage.plant(
            "UPDATE subjects SET n = $n, head = $head WHERE id = $subject", n=len(acts), head=hash_, subject=subject
        )
    else:
        await damage.plant("DELETE FROM subjects WHERE id = $subject", subject=subject)


async def _insert(connection: "asyncpg.Connection[Any]", row: dict[str, Any]) -> None:
    await connection.execute("SET LOCAL session_replication_role = replica")
    await connection.copy_records_to_table("acts", records=[tuple(row.values())], columns=list(row))


async def test_a_list_of_heads_that_was_changed_is_found(damage: Damage, outside: Path) -> None:
    other = await make_checkpoint(damage.tx, KeyRing.open(damage.ground.keys), AT + timedelta(minutes=10))
    await damage.plant("UPDATE subjects SET head = sha256('x') WHERE id = $case")
    forged = await make_checkpoint(damage.tx, KeyRing.open(damage.ground.keys), AT + timedelta(minutes=20))
    assert other.heads != forged.heads
    heads_beside(outside).write_bytes(forged.heads)
    codes = {one.code for one in (await _against(damage, outside)).findings}
    assert {"against.root", "against.changed"} <= codes


async def test_a_checkpoint_of_another_signer_is_found(damage: Damage, outside: Path) -> None:
    report = Report(AT)
    stranger = ec.generate_private_key(ec.SECP256R1()).public_key()
    await check_against(Snapshot(damage.tx.connection), report, outside, [stranger])
    assert [one.code for one in report.findings] == ["against.signature"]


async def test_a_checkpoint_that_the_database_forgot_is_found(damage: Damage, outside: Path) -> None:
    await damage.plant("DELETE FROM checkpoints")
    assert [one.code for one in (await _against(damage, outside)).findings] == ["against.row"]


async def test_a_file_that_is_no_checkpoint_cannot_be_run_against(damage: Damage, tmp_path: Path) -> None:
    (tmp_path / f"x{NOTE}").write_bytes(b"nothing")
    for missing_or_wrong in (tmp_path / f"x{NOTE}", tmp_path / f"y{NOTE}"):
        with pytest.raises(CannotRun):
            await _against(damage, missing_or_wrong)


async def test_a_checkpoint_kept_in_the_database_says_what_was_signed(damage: Damage, outside: Path) -> None:
    assert outside.exists()
    for sql, code in (
        ("UPDATE checkpoints SET root = sha256('x')", "checkpoint.row"),
        ("UPDATE checkpoints SET note = 'x'", "checkpoint.note"),
    ):
        savepoint = damage.tx.connection.transaction()
        await savepoint.start()
        await damage.plant(sql)
        assert code in {one.code for one in (await damage.verified()).findings}
        await savepoint.rollback()
