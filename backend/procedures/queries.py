"""All SQL on the catalogue. Each look-up of a procedure has an explicit day (`on`)."""

from collections.abc import Collection, Sequence
from datetime import date

import msgspec

from backend.database import Row, Transaction, columns
from backend.procedures.model import Content, LegalBasis, ProcedureVersion
from backend.text import folded

_CONTENT = msgspec.json.Decoder(Content)
_BASIS = msgspec.json.Decoder(tuple[LegalBasis, ...])


async def find_version(tx: Transaction, code: str, on: date) -> ProcedureVersion | None:
    row = await tx.first(
        """
        SELECT id, code, lower(valid) AS valid_from, upper(valid) AS valid_until, name, name_en, field, agency,
            official, legal_basis, recalled, content, source
        FROM procedure_versions WHERE code = $code AND valid @> $on::date
        """,
        code=code,
        on=on,
    )
    return None if row is None else _version(row)


async def find_versions(
    tx: Transaction, wanted: Collection[tuple[str, date]]
) -> dict[tuple[str, date], ProcedureVersion]:
    """Of several procedures, each on a day of its own; without those that the catalogue does not know."""
    asked = sorted(wanted)
    rows = await tx.all(
        """
        SELECT w.on_day, p.id, p.code, lower(p.valid) AS valid_from, upper(p.valid) AS valid_until, p.name, p.name_en,
            p.field, p.agency, p.official, p.legal_basis, p.recalled, p.content, p.source
        FROM unnest($codes::text [], $days::date []) AS w (code, on_day)
        JOIN procedure_versions AS p ON p.code = w.code AND p.valid @> w.on_day
        """,
        codes=[code for code, _ in asked],
        days=[day for _, day in asked],
    )
    return {(row["code"], row["on_day"]): _version(row) for row in rows}


async def is_known(tx: Transaction, code: str, on: date) -> bool:
    return await tx.value(
        "SELECT EXISTS (SELECT FROM procedure_versions WHERE code = $code AND valid @> $on::date)", code=code, on=on
    )


async def find_next(tx: Transaction, code: str, after: date) -> date | None:
    """The first day after this one on which another version begins."""
    return await tx.value(
        "SELECT min(lower(valid)) FROM procedure_versions WHERE code = $code AND lower(valid) > $after::date",
        code=code,
        after=after,
    )


async def versions_on(tx: Transaction, on: date) -> list[ProcedureVersion]:
    """The whole catalogue of that day, by field and name."""
    rows = await tx.all(
        """
        SELECT id, code, lower(valid) AS valid_from, upper(valid) AS valid_until, name, name_en, field, agency,
            official, legal_basis, recalled, content, source
        FROM procedure_versions WHERE valid @> $on::date ORDER BY field, folded, code
        """,
        on=on,
    )
    return [_version(row) for row in rows]


async def versions_since(tx: Transaction, since: date) -> list[ProcedureVersion]:
    """All that hold on that day or on a later one."""
    rows = await tx.all(
        """
        SELECT id, code, lower(valid) AS valid_from, upper(valid) AS valid_until, name, name_en, field, agency,
            official, legal_basis, recalled, content, source
        FROM procedure_versions WHERE valid && daterange($since::date, NULL)
        """,
        since=since,
    )
    return [_version(row) for row in rows]


async def search_versions(tx: Transaction, text: str, on: date, limit: int) -> list[ProcedureVersion]:
    """Of that day, those whose folded name or code contains `text` or has words like it, the likest first."""
    rows = await tx.all(
        """
        SELECT id, code, lower(valid) AS valid_from, upper(valid) AS valid_until, name, name_en, field, agency,
            official, legal_basis, recalled, content, source
        FROM procedure_versions
        WHERE valid @> $on::date AND (folded LIKE '%' || $pattern || '%' OR $text <% folded)
        ORDER BY folded LIKE '%' || $pattern || '%' DESC, word_similarity($text, folded) DESC, folded, code
        LIMIT $limit
        """,
        text=text,
        pattern=text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_"),
        on=on,
        limit=limit,
    )
    return [_version(row) for row in rows]


async def add_versions(tx: Transaction, rows: Sequence[ProcedureVersion]) -> int:
    """How many were added: those already there, and those whose days another version has, are left out. The code stands
    in `folded` too, so that one search finds a procedure by either."""
    values = columns(rows) | {
        "folded": [folded(f"{row.name} {row.code}") for row in rows],
        "legal_basis": [msgspec.json.encode(row.legal_basis).decode() for row in rows],
        "recalled": [",".join(row.recalled) for row in rows],
        "content": [msgspec.json.encode(row.content).decode() for row in rows],
    }
    tag = await tx.run(
        """
        INSERT INTO procedure_versions (
            id, code, valid, name, name_en, folded, field, agency, official, legal_basis, recalled, content, source
        )
        SELECT r.id, r.code, daterange(r.valid_from, r.valid_until), r.name, r.name_en, r.folded, r.field, r.agency,
            r.official, r.legal_basis::jsonb, string_to_array(r.recalled, ','), r.content::jsonb, r.source
        FROM unnest(
            $id::uuid [], $code::text [], $valid_from::date [], $valid_until::date [], $name::text [],
            $name_en::text [], $folded::text [], $field::text [], $agency::text [], $official::boolean [],
            $legal_basis::text [], $recalled::text [], $content::text [], $source::text []
        ) AS r (
            id, code, valid_from, valid_until, name, name_en, folded, field, agency, official, legal_basis, recalled,
            content, source
        )
        ON CONFLICT DO NOTHING
        """,
        **values,
    )
    return int(tag.rpartition(" ")[2])


async def end_version(tx: Transaction, code: str, at: date) -> None:
    """The version that would have gone on for ever ends where the next begins."""
    await tx.run(
        """
        UPDATE procedure_versions SET valid = daterange(lower(valid), $at::date)
        WHERE code = $code AND upper_inf(valid) AND (lower_inf(valid) OR lower(valid) < $at::date)
        """,
        code=code,
        at=at,
    )


async def add_catalogue(tx: Transaction, document: bytes) -> None:
    """Changes nothing when it is there."""
    await tx.run(
        """
        INSERT INTO catalogues (sha256, document) VALUES (sha256($document::bytea), $document)
        ON CONFLICT (sha256) DO NOTHING
        """,
        document=document,
    )


async def find_newest_catalogue(tx: Transaction) -> str | None:
    """Its name."""
    return await tx.value("SELECT encode(sha256, 'hex') FROM catalogues ORDER BY number DESC LIMIT 1")


async def find_catalogue(tx: Transaction, name: str) -> bytes | None:
    """`name`: 64 hexadecimal digits."""
    return await tx.value("SELECT document FROM catalogues WHERE sha256 = decode($name, 'hex')", name=name)


def _version(row: Row) -> ProcedureVersion:
    values = dict(row.items())
    values["content"], values["legal_basis"] = _CONTENT.decode(row["content"]), _BASIS.decode(row["legal_basis"])
    return msgspec.convert(values, ProcedureVersion)
