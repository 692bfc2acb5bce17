"""SQL of what a desk reads of label sets: whose they are, where, and what one is that was scanned. Reads only."""

from collections.abc import Sequence
from uuid import UUID

from backend.database import Transaction, shaped
from backend.web.label_views import ScannedSet, StockLine
from backend.web.views import ExceptionView


async def stock(tx: Transaction, unit: UUID) -> list[StockLine]:
    """Sets of an office that are in stock, with its people, or lost: neighbours in one line, in order of number."""
    rows = await tx.all(
        """SELECT state, holder_kind, holder, min(number) AS first, max(number) AS last
           FROM (SELECT state, holder_kind, holder, number,
                        number - row_number() OVER (PARTITION BY state, holder_kind, holder ORDER BY number) AS island
                 FROM label_sets WHERE unit_id = $unit AND state IN ('printed', 'issued', 'lost')) AS s
           GROUP BY state, holder_kind, holder, island ORDER BY first""",
        unit=unit,
    )
    return [shaped(row, StockLine) for row in rows]


async def in_hand(tx: Transaction, person: UUID, most: int) -> dict[str, int]:
    """Numbers of the sets that somebody carries, by their labels: what they may seal with."""
    rows = await tx.all(
        """SELECT label, number FROM label_sets WHERE state = 'issued' AND holder = $person
           ORDER BY number LIMIT $most""",
        person=person,
        most=most,
    )
    return {row["label"]: row["number"] for row in rows}


async def gone(tx: Transaction, unit: UUID) -> dict[str, int]:
    """How many are on parcels, and how many were spoilt."""
    rows = await tx.all(
        """SELECT state, count(*) AS sets FROM label_sets
           WHERE unit_id = $unit AND state IN ('bound', 'voided') GROUP BY state""",
        unit=unit,
    )
    return {row["state"]: row["sets"] for row in rows}


async def next_number(tx: Transaction) -> int:
    """Where the series goes on, unless somebody is faster."""
    return await tx.value("SELECT coalesce(max(number), 0) + 1 FROM label_sets")


async def exceptions(tx: Transaction, unit: UUID) -> list[ExceptionView]:
    """Open ones on the office's stock, oldest first."""
    rows = await tx.all(
        """SELECT case_id, exception_id, machine, state, reason, opened_at, 'unit' AS subject_kind FROM exceptions
           WHERE case_id = $unit AND cleared_at IS NULL ORDER BY opened_at, exception_id""",
        unit=unit,
    )
    return [shaped(row, ExceptionView) for row in rows]


async def version(tx: Transaction, unit: UUID) -> int:
    """How many acts there are on the office's stock."""
    return await tx.value("SELECT coalesce((SELECT n FROM subjects WHERE kind = 'unit' AND id = $unit), 0)", unit=unit)


async def find_set(
    tx: Transaction, *, label: str | None = None, item_number: str | None = None, number: int | None = None
) -> ScannedSet | None:
    rows = await tx.all(
        """SELECT number, label, unit_id, state, holder_kind, holder, case_id, parcel_id FROM label_sets
           WHERE label = $label OR item_number = $item_number OR number = $number LIMIT 1""",
        label=label,
        item_number=item_number,
        number=number,
    )
    return shaped(rows[0], ScannedSet) if rows else None


async def find_card(tx: Transaction, token_sha256: bytes) -> ScannedSet | None:
    """The set whose card carries that token."""
    row = await tx.first(
        """SELECT number, label, unit_id, state, holder_kind, holder, case_id, parcel_id FROM label_sets
           WHERE card_token_sha256 = $token_sha256""",
        token_sha256=token_sha256,
    )
    return None if row is None else shaped(row, ScannedSet)


async def find_case_of_token(tx: Transaction, token_sha256: bytes) -> UUID | None:
    return await tx.value(
        "SELECT case_id FROM tracking_tokens WHERE token_sha256 = $token_sha256 AND live", token_sha256=token_sha256
    )


async def item_numbers(tx: Transaction, texts: Sequence[str]) -> dict[str, int]:
    """The numbers of sets by what was scanned of them: a label or an S10 number."""
    rows = await tx.all(
        """SELECT number, label, item_number FROM label_sets
           WHERE label = ANY($texts::text[]) OR item_number = ANY($texts::text[])""",
        texts=list(texts),
    )
    return {name: row["number"] for row in rows for name in (row["label"], row["item_number"])}
