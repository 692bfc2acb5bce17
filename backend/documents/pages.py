"""The act of photographing. Returns the new rows; nothing is written here."""

from uuid import UUID

from msgspec.structs import replace

from backend.documents.model import Page, Photograph, ReplacedPicture


def replaced(page: Page, known: Page | None) -> list[ReplacedPicture]:
    """What is not named by the page any more, now that it was taken again."""
    if known is None:
        return []
    before = {known.file_sha256, known.preview_file_sha256} - {page.file_sha256, page.preview_file_sha256, None}
    return [
        ReplacedPicture(case_id=page.case_id, page_id=page.page_id, file_sha256=one)
        for one in before
        if one is not None
    ]


def photographed(case_id: UUID, body: Photograph, known: Page | None) -> Page:
    """A page taken again replaces the one before it; its bytes follow when the network allows."""
    sealed, preview = body.file.sealed_sha256, body.preview
    page = Page(
        case_id=case_id,
        page_id=body.page_id,
        visit_id=body.visit_id,
        paper_id=body.paper_id,
        component=body.component,
        page_number=body.page_number,
        original_sha256=bytes.fromhex(body.file.sha256),
        sealed_sha256=bytes.fromhex(sealed) if sealed is not None else None,
        preview_sha256=bytes.fromhex(preview.sha256) if preview is not None else None,
        preview_file_sha256=bytes.fromhex(preview.sealed_sha256 or preview.sha256) if preview is not None else None,
    )
    if known is not None and known.file_sha256 == page.file_sha256:
        return replace(page, state=known.state, bad_reason=known.bad_reason)
    return page
