"""SQL of the pictures of a case's pages. Reads only; `tx`: sees what the clerk may see."""

from uuid import UUID

from backend.database import Transaction, shaped
from backend.web.gallery_views import PagePicture


async def pages_of(tx: Transaction, case: UUID) -> list[PagePicture]:
    """Paper by paper, in their order. Without those that were erased."""
    rows = await tx.all(
        """SELECT p.page_id, p.paper_id, p.component, p.page_number, p.state, p.bad_reason,
                  EXISTS (SELECT FROM files AS f JOIN masters AS m ON m.file_sha256 = f.sha256
                          WHERE f.sha256 = p.preview_file_sha256 AND f.plain_sha256 = p.preview_sha256) AS small
           FROM pages AS p WHERE p.case_id = $case AND p.state <> 'erased'
           ORDER BY p.component, p.paper_id, p.page_number, p.page_id""",
        case=case,
    )
    return [shaped(row, PagePicture) for row in rows]


async def picture_of(tx: Transaction, case: UUID, page: UUID) -> bytes | None:
    """SHA-256 of the clean master of the original, or of the preview as long as there is none. None: of neither."""
    return await tx.value(
        """SELECT coalesce(
               (SELECT m.master_sha256 FROM masters AS m WHERE m.file_sha256 = p.file_sha256 AND p.state = 'clean'),
               (SELECT m.master_sha256 FROM files AS f JOIN masters AS m ON m.file_sha256 = f.sha256
                WHERE f.sha256 = p.preview_file_sha256 AND f.plain_sha256 = p.preview_sha256))
           FROM pages AS p WHERE p.case_id = $case AND p.page_id = $page AND p.state <> 'erased'""",
        case=case,
        page=page,
    )
