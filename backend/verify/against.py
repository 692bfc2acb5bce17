"""Against an outside checkpoint: every chain it lists must still begin as it did then.

The hashes are computed anew from the acts, from the first on: a chain that was rewritten whole, with hashes that fit,
ends at another head than the one that was sent away. What is stored as hash is not looked at.
"""

import asyncio
from collections.abc import AsyncGenerator, Iterable, Sequence
from itertools import groupby, islice
from pathlib import Path
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec

from backend.acts import chain, merkle, note
from backend.acts.merkle import Head, NotHeads, Tree
from backend.acts.note import Checkpoint, NotANote
from backend.verify.chains import HASHED, as_text
from backend.verify.database import CannotRun, Snapshot
from backend.verify.report import Report

NOTE, HEADS = ".note", ".heads.gz"
_AT_A_TIME = 500
Chain = tuple[str, UUID]


class Then(msgspec.Struct, frozen=True, kw_only=True):
    """A chain as it is now: how many acts, and its hash computed at the number the checkpoint lists."""

    acts: int
    hash: bytes | None


async def check_against(
    snapshot: Snapshot, report: Report, file: Path, keys: Sequence[ec.EllipticCurvePublicKey]
) -> None:
    """`file`: the note; the list of heads lies beside it. `keys`: the public keys of the installation, none to leave
    the signature unchecked. Raises CannotRun when it cannot be read. Codes `against.*`.
    """
    heads = heads_beside(file)
    try:
        signed = note.read(await asyncio.to_thread(file.read_bytes))
        checkpoint = note.read_checkpoint(signed)
        _signature(report, signed, checkpoint, keys)
        _root(report, checkpoint, heads)
        with heads.open("rb") as listed:
            for some in _some(merkle.read_heads(listed)):
                await _chains(snapshot, report, some)
    except (OSError, NotANote, NotHeads) as broken:
        raise CannotRun(f"{file} is no checkpoint with its list of heads: {broken}") from broken
    await _row(snapshot, report, checkpoint)


def heads_beside(file: Path) -> Path:
    return file.with_name(file.name.removesuffix(NOTE) + HEADS)


def _signature(
    report: Report, signed: note.Note, checkpoint: Checkpoint, keys: Sequence[ec.EllipticCurvePublicKey]
) -> None:
    key = {"made_at": checkpoint.made_at}
    if not keys:
        report.explains("against.unchecked", "checkpoints", key, says="no keys at hand: give --keys")
    elif not any(note.is_signed(signed, checkpoint.origin, one) for one in keys):
        found = [signature.name for signature in signed.signatures]
        report.differs("against.signature", "checkpoints", key, expected="signed by this installation", found=found)


def _root(report: Report, checkpoint: Checkpoint, heads: Path) -> None:
    """The list is the one that was signed. Raises NotHeads."""
    tree = Tree()
    with heads.open("rb") as listed:
        for head in merkle.read_heads(listed):
            tree.add(head)
    if (tree.size, tree.root()) != (checkpoint.size, checkpoint.root):
        expected = {"size": checkpoint.size, "root": checkpoint.root}
        found = {"size": tree.size, "root": tree.root()}
        report.differs("against.root", "checkpoints", {"made_at": checkpoint.made_at}, expected=expected, found=found)


async def _row(snapshot: Snapshot, report: Report, checkpoint: Checkpoint) -> None:
    """The database remembers having made it; if not, it was set back to before, or the row was removed."""
    row = await snapshot.all("SELECT size, root FROM checkpoints WHERE made_at = $1", checkpoint.made_at)
    found = {"size": row[0]["size"], "root": row[0]["root"]} if row else None
    expected = {"size": checkpoint.size, "root": checkpoint.root}
    if found != expected:
        key = {"made_at": checkpoint.made_at}
        report.differs("against.row", "checkpoints", key, expected=expected, found=found)


def _some(heads: Iterable[Head]) -> Iterable[list[Head]]:
    """A few at a time, of one kind."""
    for _, of_kind in groupby(heads, key=lambda head: head.kind):
        while some := list(islice(of_kind, _AT_A_TIME)):
            yield some


async def _chains(snapshot: Snapshot, report: Report, listed: list[Head]) -> None:
    report.counted["chains against"] += len(listed)
    now = {chain_: then async for chain_, then in _computed(snapshot, listed)}
    for head in listed:
        key = {"kind": head.kind, "id": head.id, "n": head.n}
        then = now.get((head.kind, head.id))
        if then is None:
            report.differs("against.missing", "acts", key, expected=head.head)
        elif then.acts < head.n:
            report.differs("against.shortened", "acts", key, expected=head.n, found=then.acts)
        elif then.hash != head.head:
            report.differs("against.changed", "acts", key, expected=head.head, found=then.hash)


_ACTS = """
SELECT a.subject_kind, a.subject_id::text AS subject_id, a.n, a.made_by::text AS made_by, a.id::text AS id,
       a.parent::text AS parent, a.kind, a.actor::text AS actor, a.rules_made, a.rules_judged,
       a.claimed_at::text AS claimed_at, a.occurred_at::text AS occurred_at, a.clock,
       a.recorded_at::text AS recorded_at, encode(a.fingerprint, 'hex') AS fingerprint, a.outcome, a.exceptions
FROM acts AS a
WHERE a.subject_id = ANY($1::uuid[]) AND a.subject_kind = $2
ORDER BY a.subject_id, a.n
"""


async def _computed(snapshot: Snapshot, listed: list[Head]) -> AsyncGenerator[tuple[Chain, Then]]:
    until = {head.id: head.n for head in listed}
    kind = listed[0].kind
    rows = await snapshot.all(_ACTS, list(until), kind)
    for text, acts in groupby(rows, key=lambda row: row["subject_id"]):
        subject, n, found = UUID(text), 0, None
        hash_ = chain.genesis(kind, subject)
        for n, row in enumerate(acts, start=1):
            if n <= until[subject]:
                hash_ = chain.digest(hash_, as_text(row)[:HASHED])
            if n == until[subject]:
                found = hash_
        yield (kind, subject), Then(acts=n, hash=found)


async def check_checkpoints(snapshot: Snapshot, report: Report, keys: Sequence[ec.EllipticCurvePublicKey]) -> None:
    """The notes the database keeps say what its columns say, and are ours. Codes `checkpoint.*`."""
    async for row in snapshot.rows("SELECT size, made_at, root, note FROM checkpoints ORDER BY made_at"):
        report.counted["checkpoints"] += 1
        key = {"made_at": row["made_at"]}
        try:
            signed = note.read(row["note"])
            checkpoint = note.read_checkpoint(signed)
        except NotANote as broken:
            report.differs("checkpoint.note", "checkpoints", key, expected="a signed note", found=str(broken))
            continue
        expected = (checkpoint.size, checkpoint.root, checkpoint.made_at)
        found = (row["size"], row["root"], row["made_at"])
        if expected != found:
            report.differs("checkpoint.row", "checkpoints", key, expected=expected, found=found)
        if keys and not any(note.is_signed(signed, checkpoint.origin, one) for one in keys):
            report.differs("checkpoint.signature", "checkpoints", key, expected="signed by this installation")
