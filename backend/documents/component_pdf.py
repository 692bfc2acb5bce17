"""One PDF per component from its clean masters: each JPEG goes in as it is, fitted on A4, never encoded again.

PDF/A-2b by typst's own writer (declared, not verified by an outside validator). The same pages make the same bytes.
"""

from collections.abc import Sequence
from datetime import datetime

from backend.clock import VIETNAM
from backend.documents.model import CleanPage
from backend.typeset import pdf

_SHORT, _LONG = "210mm", "297mm"


def component_pdf(pages: Sequence[tuple[CleanPage, bytes]]) -> bytes:
    """`pages`: in order, each with its clean master, a JPEG. Dated by the newest master. Blocking: some ms a page."""
    dated = max(page.made_at for page, _ in pages)
    jpegs = {f"{number}.jpg": jpeg for number, (_, jpeg) in enumerate(pages, 1)}
    return pdf(_source([page for page, _ in pages], dated), jpegs)


def _source(pages: Sequence[CleanPage], dated: datetime) -> str:
    at = dated.astimezone(VIETNAM)
    lines = [
        f"#set document(date: datetime(year: {at.year}, month: {at.month}, day: {at.day}, "
        f"hour: {at.hour}, minute: {at.minute}, second: {at.second}))",
        '#set text(lang: "vi")',
        "#set page(margin: 0pt)",
    ]
    for number, page in enumerate(pages, 1):
        width, height = (_LONG, _SHORT) if page.width > page.height else (_SHORT, _LONG)
        lines.append(
            f'#page(width: {width}, height: {height}, image("{number}.jpg", width: 100%, height: 100%, '
            f'fit: "contain", alt: "Trang {page.page_number}"))'
        )
    return "\n".join(lines)
