"""Chains and personal parts: what every act needs, whatever it means. Nothing here knows a kind."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec.structs import replace

from backend.acts import chain, personal_queries, queries
from backend.acts.chain import Link
from backend.acts.model import Act, Outcome, SubjectHead
from backend.acts.personal_queries import DataKey, SealedPersonal
from backend.acts.queries import Chained
from backend.database import Transaction
from backend.keys import KeyRing
from backend.sealing import CannotOpen, make_data_key
from backend.sealing import DataKey as OpenKey

Subject = tuple[str, UUID]
_canonical = msgspec.json.Encoder(order="deterministic")


class Chains:
    """The heads of the chains a batch works on, locked; grows them link by link."""

    def __init__(self, heads: dict[Subject, SubjectHead]) -> None:
        self._heads = heads
        self._links: list[Chained] = []
        self._moved: dict[Subject, None] = {}

    def join(self, others: "Chains") -> None:
        """More heads, locked later: of subjects that the batch makes itself."""
        self._heads |= others._heads

    def knows(self, subject: Subject) -> bool:
        return subject in self._heads

    def version(self, subject: Subject) -> int:
        """How many acts the chain has."""
        return self._heads[subject].n

    def append(
        self,
        subject: Subject,
        act: Act,
        *,
        outcome: Outcome,
        exceptions: Sequence[str],
        rules: int,
        case_id: UUID | None,
        id: UUID | None = None,  # noqa: A002
        parent: UUID | None = None,
    ) -> int:
        """The number the act has in the chain. `id` and `parent` are given for the child of an act on many subjects."""
        head = self._heads[subject]
        link = Link(
            subject_kind=subject[0],
            subject_id=subject[1],
            n=head.n + 1,
            made_by=act.envelope.made_by,
            id=id or act.envelope.id,
            parent=parent,
            kind=act.envelope.kind,
            actor=act.envelope.actor,
            rules_made=min(act.envelope.rules, 2**31 - 1),
            rules_judged=rules,
            claimed_at=act.envelope.occurred_at,
            occurred_at=act.occurred_at,
            clock=act.clock,
            recorded_at=act.received_at,
            fingerprint=act.fingerprint,
            outcome=_canonical.encode(outcome).decode(),
            exceptions=list(exceptions),
        )
        hashed = chain.hashed(head.head, link)
        values = {name: getattr(link, name) for name in link.__struct_fields__}
        self._links.append(Chained(**values, case_id=case_id, previous=head.head, hash=hashed))
        self._heads[subject] = replace(head, n=link.n, head=hashed)
        self._moved[subject] = None
        return link.n

    async def save(self, tx: Transaction) -> None:
        await queries.add_acts(tx, self._links)
        await queries.move_heads(tx, [self._heads[subject] for subject in self._moved])


async def lock_chains(tx: Transaction, subjects: Sequence[Subject], born: Sequence[Subject]) -> Chains:
    """`born`: subjects that acts of this batch would make. Another transaction making the same one is waited for."""
    await queries.add_subjects(
        tx, [SubjectHead(kind=kind, id=key, n=0, head=chain.genesis(kind, key)) for kind, key in born]
    )
    return Chains(await queries.lock_subjects(tx, subjects))


class Personal:
    """Seals the personal parts of a batch, each under the data key of its subject."""

    def __init__(self, ring: KeyRing, known: dict[Subject, DataKey], at: datetime) -> None:
        self._ring = ring
        self._known = known
        self._at = at
        self._made: list[DataKey] = []
        self._open: dict[Subject, OpenKey] = {}
        self._rows: list[SealedPersonal] = []

    def erased(self, subject: Subject) -> bool:
        return subject in self._known and self._known[subject].wrapped is None

    def keep(self, subject: Subject, act: tuple[UUID, UUID], personal: bytes, case_id: UUID | None) -> None:
        key = self._key(subject)
        sealed = key.seal(personal, act[0].bytes + act[1].bytes)
        self._rows.append(SealedPersonal(made_by=act[0], act_id=act[1], case_id=case_id, key_id=key.id, sealed=sealed))

    def _key(self, subject: Subject) -> OpenKey:
        if subject not in self._open:
            row = self._known.get(subject)
            if row is not None and row.wrapped is not None:
                self._open[subject] = self._ring.unwrap(row.id, row.wrapped)
            else:
                key = make_data_key()
                wrapped = self._ring.wrap(key, self._at)
                self._made.append(
                    DataKey(
                        id=key.id, subject_kind=subject[0], subject_id=subject[1], wrapped=wrapped, made_at=self._at
                    )
                )
                self._open[subject] = key
        return self._open[subject]

    async def save(self, tx: Transaction) -> None:
        await personal_queries.add_data_keys(tx, self._made)
        await personal_queries.add_personal(tx, self._rows)


async def open_personal(
    tx: Transaction, ring: KeyRing, acts: Sequence[tuple[UUID, UUID]]
) -> dict[tuple[UUID, UUID], bytes]:
    """The personal parts that can still be read: an erased one is left out, and one that does not open."""
    rows = await personal_queries.find_personal(tx, acts) if acts else {}
    keys = await personal_queries.data_keys_by_id(tx, [row.key_id for row in rows.values()]) if rows else {}
    opened: dict[tuple[UUID, UUID], bytes] = {}
    for act, row in rows.items():
        wrapped = keys[row.key_id].wrapped
        if wrapped is None:
            continue
        key = ring.unwrap(row.key_id, wrapped)
        with suppress(CannotOpen):
            opened[act] = key.open(row.sealed, act[0].bytes + act[1].bytes)
    return opened


async def open_key(tx: Transaction, ring: KeyRing, subject: Subject) -> OpenKey | None:
    """The data key of a subject, for what is sealed beside its acts. None: nothing was sealed, or it was erased."""
    found = (await personal_queries.data_keys_of(tx, [subject[1]])).get(subject)
    return None if found is None or found.wrapped is None else ring.unwrap(found.id, found.wrapped)
