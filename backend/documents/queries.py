"""All SQL on pages, files, masters and component files. Lists in, lists out."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from backend.database import Transaction, columns, shaped
from backend.documents.model import BadReason, CleanPage, ComponentFile, File, Master, Page, ReplacedPicture


async def lock_hashes(tx: Transaction, hashes: Sequence[bytes]) -> None:
    """Whoever writes or deletes what is known by these hashes comes one after the other, until the transaction ends.

    So a page and its file that arrive in the same moment see each other, and no bytes go while a row for them is made.
    """
    await tx.run(
        """SELECT pg_advisory_xact_lock(key) FROM
             (SELECT DISTINCT ('x' || substr(encode(sha256, 'hex'), 1, 16))::bit(64)::bigint AS key
              FROM unnest($hashes::bytea[]) AS given (sha256) ORDER BY key) AS sorted""",
        hashes=list(hashes),
    )


async def pages_by_id(tx: Transaction, wanted: Sequence[tuple[UUID, UUID]]) -> list[Page]:
    """Those of these (case, page) that are known."""
    rows = await tx.all(
        """SELECT p.case_id, p.page_id, p.visit_id, p.paper_id, p.component, p.page_number, p.original_sha256,
                  p.sealed_sha256, p.preview_sha256, p.preview_file_sha256, p.state, p.bad_reason
           FROM unnest($cases::uuid[], $pages::uuid[]) AS w (case_id, page_id)
           JOIN pages AS p ON p.case_id = w.case_id AND p.page_id = w.page_id""",
        cases=[case for case, _ in wanted],
        pages=[page for _, page in wanted],
    )
    return [shaped(row, Page) for row in rows]


async def pages_of_papers(tx: Transaction, wanted: Sequence[tuple[UUID, UUID]]) -> list[Page]:
    """Of these (case, paper)."""
    rows = await tx.all(
        """SELECT p.case_id, p.page_id, p.visit_id, p.paper_id, p.component, p.page_number, p.original_sha256,
                  p.sealed_sha256, p.preview_sha256, p.preview_file_sha256, p.state, p.bad_reason
           FROM unnest($cases::uuid[], $papers::uuid[]) AS w (case_id, paper_id)
           JOIN pages AS p ON p.case_id = w.case_id AND p.paper_id = w.paper_id""",
        cases=[case for case, _ in wanted],
        papers=[paper for _, paper in wanted],
    )
    return [shaped(row, Page) for row in rows]


async def expected_files(tx: Transaction, cases: Sequence[UUID]) -> list[Page]:
    """Pages whose bytes are still on a phone."""
    rows = await tx.all(
        """SELECT case_id, page_id, visit_id, paper_id, component, page_number, original_sha256, sealed_sha256,
                  preview_sha256, preview_file_sha256, state, bad_reason
           FROM pages WHERE case_id = ANY($cases::uuid[]) AND state = 'expected'
           ORDER BY case_id, component, page_number, page_id""",
        cases=list(cases),
    )
    return [shaped(row, Page) for row in rows]


async def save_pages(tx: Transaction, rows: Sequence[Page]) -> None:
    """A page's state is not taken from the rows: it follows from its file, which may be here already."""
    if not rows:
        return
    hashes = [row.file_sha256 for row in rows]
    await lock_hashes(tx, hashes)
    await tx.run(
        """INSERT INTO pages (case_id, page_id, visit_id, paper_id, component, page_number, original_sha256,
                              sealed_sha256, preview_sha256, preview_file_sha256)
           SELECT * FROM unnest($case_id::uuid[], $page_id::uuid[], $visit_id::uuid[], $paper_id::uuid[],
                                $component::text[], $page_number::integer[], $original_sha256::bytea[],
                                $sealed_sha256::bytea[], $preview_sha256::bytea[], $preview_file_sha256::bytea[])
           ON CONFLICT (case_id, page_id) DO UPDATE
           SET visit_id = EXCLUDED.visit_id, paper_id = EXCLUDED.paper_id, component = EXCLUDED.component,
               page_number = EXCLUDED.page_number, original_sha256 = EXCLUDED.original_sha256,
               sealed_sha256 = EXCLUDED.sealed_sha256, preview_sha256 = EXCLUDED.preview_sha256,
               preview_file_sha256 = EXCLUDED.preview_file_sha256""",
        **columns(rows),
    )
    await settle_pages(tx, hashes)


async def add_replaced(tx: Transaction, rows: Sequence[ReplacedPicture]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO replaced_pictures (case_id, page_id, file_sha256)
               SELECT * FROM unnest($case_id::uuid[], $page_id::uuid[], $file_sha256::bytea[])
               ON CONFLICT DO NOTHING""",
            **columns(rows),
        )


async def settle_pages(tx: Transaction, hashes: Sequence[bytes]) -> list[Page]:
    """Brings the pages of these files to where their files are. Returns those that moved. Hashes are locked before."""
    rows = await tx.all(
        """UPDATE pages AS p SET state = now.state, bad_reason = now.bad_reason
           FROM (SELECT q.case_id, q.page_id,
                        CASE WHEN f.plain_sha256 <> q.original_sha256 THEN 'bad' WHEN f.state = 'received' THEN 'here'
                             ELSE coalesce(f.state, 'expected') END AS state,
                        coalesce(f.bad_reason,
                                 CASE WHEN f.plain_sha256 <> q.original_sha256 THEN 'other_content' END) AS bad_reason
                 FROM pages AS q LEFT JOIN files AS f ON f.sha256 = q.file_sha256
                 WHERE q.file_sha256 = ANY($hashes::bytea[]) AND q.state <> 'erased') AS now
           WHERE p.case_id = now.case_id AND p.page_id = now.page_id
             AND (p.state, p.bad_reason) IS DISTINCT FROM (now.state, now.bad_reason)
           RETURNING p.case_id, p.page_id, p.visit_id, p.paper_id, p.component, p.page_number, p.original_sha256,
                     p.sealed_sha256, p.preview_sha256, p.preview_file_sha256, p.state, p.bad_reason""",
        hashes=list(hashes),
    )
    return [shaped(row, Page) for row in rows]


async def files_by_hash(tx: Transaction, hashes: Sequence[bytes]) -> list[File]:
    rows = await tx.all(
        """SELECT sha256, bytes, media_type, sealed, received_from, received_at, state, bad_reason, plain_sha256
           FROM files WHERE sha256 = ANY($hashes::bytea[])""",
        hashes=list(hashes),
    )
    return [shaped(row, File) for row in rows]


async def unopened(tx: Transaction, after: datetime, sha256: bytes, *, limit: int) -> list[tuple[datetime, bytes]]:
    """Files that wait for the worker, oldest first, from behind a place: each with its time of arrival."""
    rows = await tx.all(
        """SELECT received_at, sha256 FROM files
           WHERE state = 'received' AND (received_at, sha256) > ($after, $sha256)
           ORDER BY received_at, sha256 LIMIT $limit""",
        after=after,
        sha256=sha256,
        limit=limit,
    )
    return [(row["received_at"], row["sha256"]) for row in rows]


async def mark_bad(tx: Transaction, sha256: bytes, reason: BadReason, plain_sha256: bytes | None) -> None:
    await tx.run(
        """UPDATE files SET state = 'bad', bad_reason = $reason, plain_sha256 = $plain_sha256
           WHERE sha256 = $sha256""",
        sha256=sha256,
        reason=reason,
        plain_sha256=plain_sha256,
    )


async def mark_clean(tx: Transaction, sha256: bytes, plain_sha256: bytes) -> None:
    await tx.run(
        """UPDATE files SET state = 'clean', bad_reason = NULL, plain_sha256 = $plain_sha256
           WHERE sha256 = $sha256""",
        sha256=sha256,
        plain_sha256=plain_sha256,
    )


async def mark_unopened(tx: Transaction, hashes: Sequence[bytes]) -> list[bytes]:
    """Bad files back to where the worker finds them. Returns those that were bad."""
    rows = await tx.all(
        """UPDATE files SET state = 'received', bad_reason = NULL, plain_sha256 = NULL
           WHERE sha256 = ANY($hashes::bytea[]) AND state = 'bad' RETURNING sha256""",
        hashes=list(hashes),
    )
    return [row["sha256"] for row in rows]


async def add_master(tx: Transaction, row: Master) -> None:
    await tx.run(
        """INSERT INTO masters (file_sha256, master_sha256, bytes, width, height, made_at)
           VALUES ($file_sha256, $master_sha256, $bytes, $width, $height, $made_at)
           ON CONFLICT (file_sha256) DO NOTHING""",
        **{name: getattr(row, name) for name in row.__struct_fields__},
    )


async def clean_pages(tx: Transaction, case_id: UUID, component: str) -> tuple[list[CleanPage], bool]:
    """The pages of a component that can be shown, in order, and whether these are all its pages."""
    rows = await tx.all(
        """SELECT p.case_id, p.page_id, p.component, p.page_number, m.master_sha256, m.width, m.height, m.made_at
           FROM pages AS p LEFT JOIN masters AS m ON m.file_sha256 = p.file_sha256 AND p.state = 'clean'
           WHERE p.case_id = $case_id AND p.component = $component AND p.state <> 'erased'
           ORDER BY p.page_number, p.page_id""",
        case_id=case_id,
        component=component,
    )
    clean = [shaped(row, CleanPage) for row in rows if row["master_sha256"] is not None]
    return clean, len(clean) == len(rows)


async def clean_page(tx: Transaction, case_id: UUID, page_id: UUID) -> CleanPage | None:
    row = await tx.first(
        """SELECT p.case_id, p.page_id, p.component, p.page_number, m.master_sha256, m.width, m.height, m.made_at
           FROM pages AS p JOIN masters AS m ON m.file_sha256 = p.file_sha256
           WHERE p.case_id = $case_id AND p.page_id = $page_id AND p.state = 'clean'""",
        case_id=case_id,
        page_id=page_id,
    )
    return None if row is None else shaped(row, CleanPage)


async def component_files(tx: Transaction, case_id: UUID) -> list[ComponentFile]:
    """All versions, the newest of each component first."""
    rows = await tx.all(
        """SELECT case_id, component, version, sha256, bytes, pages, made_at
           FROM component_files WHERE case_id = $case_id ORDER BY component, version DESC""",
        case_id=case_id,
    )
    return [shaped(row, ComponentFile) for row in rows]


async def newest_component_file(tx: Transaction, case_id: UUID, component: str) -> ComponentFile | None:
    row = await tx.first(
        """SELECT case_id, component, version, sha256, bytes, pages, made_at FROM component_files
           WHERE case_id = $case_id AND component = $component ORDER BY version DESC LIMIT 1""",
        case_id=case_id,
        component=component,
    )
    return None if row is None else shaped(row, ComponentFile)


async def add_component_file(tx: Transaction, row: ComponentFile) -> None:
    await tx.run(
        """INSERT INTO component_files (case_id, component, version, sha256, bytes, pages, made_at)
           VALUES ($case_id, $component, $version, $sha256, $bytes, $pages, $made_at)""",
        **{name: getattr(row, name) for name in row.__struct_fields__},
    )


async def hashes_of_case(tx: Transaction, case_id: UUID) -> list[bytes]:
    """Of everything stored for its pages: files that came, also those that were replaced, PDFs that were made."""
    rows = await tx.all(
        """SELECT file_sha256 AS sha256 FROM pages WHERE case_id = $case_id
           UNION SELECT preview_file_sha256 FROM pages WHERE case_id = $case_id AND preview_file_sha256 IS NOT NULL
           UNION SELECT file_sha256 FROM replaced_pictures WHERE case_id = $case_id
           UNION SELECT sha256 FROM component_files WHERE case_id = $case_id""",
        case_id=case_id,
    )
    return [row["sha256"] for row in rows]


async def erase_pages(tx: Transaction, case_id: UUID) -> None:
    """Marks the pages of a case erased, removes its PDFs' rows. Hashes are locked before."""
    await tx.run("DELETE FROM component_files WHERE case_id = $case_id", case_id=case_id)
    await tx.run(
        "UPDATE pages SET state = 'erased', bad_reason = NULL WHERE case_id = $case_id AND state <> 'erased'",
        case_id=case_id,
    )


async def named(tx: Transaction, hashes: Sequence[bytes]) -> dict[bytes, bool]:
    """Those of these that a page names or named before it was taken again: whether all such pages are erased."""
    rows = await tx.all(
        """SELECT sha256, bool_and(state = 'erased') AS erased FROM (
               SELECT file_sha256 AS sha256, state FROM pages WHERE file_sha256 = ANY($hashes::bytea[])
               UNION ALL SELECT preview_file_sha256, state FROM pages WHERE preview_file_sha256 = ANY($hashes::bytea[])
               UNION ALL SELECT r.file_sha256, p.state
                         FROM replaced_pictures AS r JOIN pages AS p USING (case_id, page_id)
                         WHERE r.file_sha256 = ANY($hashes::bytea[])) AS every
           GROUP BY sha256""",
        hashes=list(hashes),
    )
    return {row["sha256"]: row["erased"] for row in rows}


async def drop_files(tx: Transaction, hashes: Sequence[bytes]) -> list[bytes]:
    """Removes the rows of files that no page needs any more. Returns the masters they had. Hashes are locked before."""
    known = await named(tx, hashes)
    gone = [sha256 for sha256 in hashes if known.get(sha256, True)]
    rows = await tx.all(
        "DELETE FROM masters WHERE file_sha256 = ANY($gone::bytea[]) RETURNING master_sha256", gone=gone
    )
    await tx.run("DELETE FROM files WHERE sha256 = ANY($gone::bytea[])", gone=gone)
    return [row["master_sha256"] for row in rows]


async def unclaimed(tx: Transaction, hashes: Sequence[bytes]) -> list[bytes]:
    """Of these, the hashes no row knows: their bytes may go. Hashes are locked before."""
    rows = await tx.all(
        """SELECT given.sha256 FROM unnest($hashes::bytea[]) AS given (sha256)
           WHERE NOT EXISTS (SELECT FROM files AS f WHERE f.sha256 = given.sha256)
             AND NOT EXISTS (SELECT FROM masters AS m WHERE m.master_sha256 = given.sha256)
             AND NOT EXISTS (SELECT FROM component_files AS c WHERE c.sha256 = given.sha256)""",
        hashes=list(hashes),
    )
    return [row["sha256"] for row in rows]
