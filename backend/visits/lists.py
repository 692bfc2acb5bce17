"""What changes hands for a case in a visit: give list (Giấy tờ trả), take list (Giấy tờ nhận), F07; and what is only
looked at. Pure: no I/O."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

import msgspec

from backend.dossiers.model import RESULT_GOES_OUT
from backend.procedures.model import Component, OriginalFate
from backend.procedures.people import receiving

PAPERS_COME_IN = frozenset({"collect", "supplement", "exchange"})
UNPAID = frozenset({"due", "waiting_transfer", "unpaid"})
"""States of a charge that is still owed."""


class PaperSeen(Protocol):
    """A sheet, as a bundle or a desk has it."""

    @property
    def paper_id(self) -> UUID: ...
    @property
    def component(self) -> str: ...
    @property
    def originals(self) -> int: ...
    @property
    def copies(self) -> int: ...
    @property
    def is_result(self) -> bool: ...
    @property
    def superseded(self) -> bool: ...
    @property
    def state(self) -> str: ...
    @property
    def holder_kind(self) -> str: ...


class ChargeSeen(Protocol):
    """A fee line, as a bundle or a desk has it. `amount` in đồng."""

    @property
    def amount(self) -> int: ...
    @property
    def due_at(self) -> str: ...
    @property
    def state(self) -> str: ...


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """A result, or a paper that goes home. `name`: from the list of papers, where it stands on it."""

    paper_id: UUID
    component: str
    name: str | None
    originals: int
    copies: int
    is_result: bool


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """A paper to be taken, as the procedure's list asks for it; None: nobody has found out. `when`: only in that case.

    `surrender`: an old paper that is given up against the result.
    """

    component: str
    name: str
    originals: int | None
    copies: int | None
    original: OriginalFate | None
    surrender: bool
    when: str | None


class ToSee(msgspec.Struct, frozen=True, kw_only=True):
    """An original to be looked at and handed back at once; it is not taken. `photograph`: a picture of it is kept.
    `when`: only in that case."""

    component: str
    name: str
    photograph: bool
    when: str | None


class Lists(msgspec.Struct, frozen=True, kw_only=True):
    """`see`: originals that are only looked at (row 25). `evidence`: what is looked at first. `due`: đồng to be paid.
    `known`: the procedure's list of papers is on record, so that an empty take list says that nothing is taken."""

    give: Sequence[Given]
    take: Sequence[Taken]
    see: Sequence[ToSee]
    evidence: Sequence[str]
    due: int
    known: bool


def lists(
    purpose: str,
    recipient_class: str | None,
    papers: Sequence[PaperSeen],
    charges: Iterable[ChargeSeen],
    components: Sequence[Component] | None,
    on: date,
) -> Lists:
    """Of a case in a visit on a day. `components`: the procedure's list on the day whose catalogue holds for the case.

    `recipient_class` None: nobody has found out, and what is looked at is what the owner alone would show.
    """
    names = {component.code: component.name for component in components or ()}
    out = [paper for paper in papers if paper.holder_kind not in ("citizen", "lost") and _goes_home(purpose, paper)]
    held = {paper.component for paper in papers if not paper.is_result and paper.holder_kind != "citizen"}
    looked_at = {paper.component for paper in papers if paper.state == "seen"}
    return Lists(
        give=[
            Given(
                paper_id=paper.paper_id,
                component=paper.component,
                name=names.get(paper.component),
                originals=paper.originals,
                copies=paper.copies,
                is_result=paper.is_result,
            )
            for paper in out
        ],
        take=[
            Taken(
                component=one.code,
                name=one.name,
                originals=0 if one.original is OriginalFate.HANDED_BACK else one.originals,
                copies=one.copies,
                original=one.original,
                surrender=bool(one.surrender),
                when=one.when,
            )
            for one in components or ()
            if one.code not in held and _comes_in(purpose, one)
        ],
        see=[
            ToSee(component=one.code, name=one.name, photograph=bool(one.photograph), when=one.when)
            for one in components or ()
            if one.original is OriginalFate.HANDED_BACK and one.code not in looked_at and purpose in PAPERS_COME_IN
        ],
        evidence=receiving(recipient_class, on).evidence if purpose in RESULT_GOES_OUT else ("identity",),
        due=sum(charge.amount for charge in charges if charge.state in UNPAID and _is_due(purpose, charge)),
        known=components is not None,
    )


def _goes_home(purpose: str, paper: PaperSeen) -> bool:
    """With a result go the citizen's own papers that came back with it to the courier."""
    if paper.superseded:
        return False
    if purpose in RESULT_GOES_OUT:
        return paper.is_result or (purpose == "deliver" and paper.holder_kind == "courier")
    return purpose == "return_papers" and not paper.is_result


def is_taken(component: Component) -> bool:
    """Of what is only looked at, a copy may be taken; the original never is (row 25)."""
    only_seen = component.original is OriginalFate.HANDED_BACK and component.copies == 0
    return not only_seen and component.original is not OriginalFate.NOT_ASKED


def _comes_in(purpose: str, component: Component) -> bool:
    return is_taken(component) and purpose in (RESULT_GOES_OUT if component.surrender else PAPERS_COME_IN)


def _is_due(purpose: str, charge: ChargeSeen) -> bool:
    return purpose in RESULT_GOES_OUT or (purpose in PAPERS_COME_IN and charge.due_at == "reception")
