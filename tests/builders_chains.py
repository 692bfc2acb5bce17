"""Chains read back from the database and recomputed link by link."""

from uuid import UUID

from backend.acts import chain
from backend.acts.chain import Link
from backend.database import Transaction, shaped


async def broken_chains(tx: Transaction) -> list[str]:
    """What is wrong with them: a gap, a hash that does not follow, a head that is not the last hash."""
    rows = await tx.all(
        """SELECT subject_kind, subject_id, n, made_by, id, parent, kind, actor, rules_made, rules_judged, claimed_at,
                  occurred_at, clock, recorded_at, fingerprint, outcome, exceptions, previous, hash
           FROM acts ORDER BY subject_id, subject_kind, n"""
    )
    heads: dict[tuple[str, UUID], tuple[int, bytes]] = {}
    wrong: list[str] = []
    for row in rows:
        link = shaped(row, Link)
        subject = (link.subject_kind, link.subject_id)
        n, head = heads.get(subject, (0, chain.genesis(*subject)))
        if link.n != n + 1:
            wrong.append(f"{subject}: {link.n} follows {n}")
        if row["previous"] != head or row["hash"] != chain.hashed(head, link):
            wrong.append(f"{subject}: the hash of {link.n} does not follow")
        heads[subject] = (link.n, row["hash"])
    for row in await tx.all("SELECT kind, id, n, head FROM subjects"):
        subject = (row["kind"], row["id"])
        if (row["n"], row["head"]) != heads.get(subject, (0, chain.genesis(*subject))):
            wrong.append(f"{subject}: the head is not its last act")
    return wrong
