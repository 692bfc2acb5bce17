"""Pictures of a case's pages as a desk is shown them. Pure: no I/O."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from uuid import UUID

import msgspec

from backend.documents.model import SAID, BadReason, PageState
from backend.web.people_words import page_called
from backend.web.words import Words

_ON_ITS_WAY = Words("Ảnh còn trên máy của nhân viên bưu điện", "Still on the courier's phone")
_SMALL = Words(
    "Ảnh nhỏ xem trước; ảnh gốc còn trên máy của nhân viên bưu điện",
    "A small preview; the original is still on the courier's phone",
)
_BEING_OPENED = Words("Đang mở ảnh, chờ một phút rồi tải lại trang", "Being opened: reload in a minute")
_ORIGINAL = Words("Ảnh gốc", "Original")


class PagePicture(msgspec.Struct, frozen=True, kw_only=True):
    """`small`: a preview can be shown. What a preview shows is no evidence: the original is, once it is here."""

    page_id: UUID
    paper_id: UUID
    component: str
    page_number: int
    state: PageState
    bad_reason: BadReason | None
    small: bool

    @property
    def shown(self) -> bool:
        return self.state is PageState.CLEAN or self.small

    @property
    def said(self) -> Words:
        """What can be seen here, and what is to be done where nothing can."""
        if self.state is PageState.CLEAN:
            return _ORIGINAL
        if self.bad_reason is not None:
            return Words(SAID[self.bad_reason], f"The original cannot be used: {self.bad_reason}")
        if self.small:
            return _SMALL
        return _BEING_OPENED if self.state is PageState.HERE else _ON_ITS_WAY


class Sheets(msgspec.Struct, frozen=True, kw_only=True):
    """The pages of one paper, in their order."""

    called: Words
    pages: Sequence[PagePicture]


def by_paper(pages: Sequence[PagePicture], components: Mapping[str, Words]) -> list[Sheets]:
    """`pages`: in the order of papers and numbers. `components`: what the procedure calls its papers."""
    return [
        Sheets(called=page_called(component, components), pages=list(some))
        for (component, _), some in groupby(pages, lambda one: (one.component, one.paper_id))
    ]
