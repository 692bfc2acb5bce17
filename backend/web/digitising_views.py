"""How far a dossier has been made digital, and who does which stage, as a desk is shown it. Pure: no I/O."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from uuid import UUID

import msgspec

from backend.documents.stage_model import Assignee, Assignments, Stage
from backend.web.published import COMPLETE
from backend.web.views import CaseView


class Photographed(msgspec.Struct, frozen=True, kw_only=True):
    """Of the papers of a case that are to be photographed: `arranged`, those whose pages are numbered without a gap."""

    papers: int
    photographed: int
    arranged: int


class ComponentLine(msgspec.Struct, frozen=True, kw_only=True):
    """A component with its pages, and its newest PDF, if one was made. `pdf_pages`: how many are in it."""

    component: str
    pages: int
    clean: int
    bad: int
    version: int | None
    sha256: bytes | None
    bytes: int | None
    pdf_pages: int | None
    made_at: datetime | None

    @property
    def assembled(self) -> bool:
        return self.clean == self.pages == self.pdf_pages


class StageLine(msgspec.Struct, frozen=True, kw_only=True):
    """`unit`: who does it for this case. `done` of `of`, counted as the stage counts."""

    stage: Stage
    assignee: Assignee
    unit: UUID
    done: int
    of: int

    @property
    def complete(self) -> bool:
        return 0 < self.of == self.done


class Digitised(msgspec.Struct, frozen=True, kw_only=True):
    """Where nothing has been photographed there is no `component` yet."""

    stages: Sequence[StageLine]
    components: Sequence[ComponentLine]

    @property
    def pages(self) -> int:
        return sum(one.pages for one in self.components)

    def handed_over(self, stage: Stage) -> tuple[StageLine, StageLine] | None:
        """The last stage of who gives and the first of who receives; None: the same goes on, or nothing is there."""
        pairs = pairwise(self.stages) if self.components else ()
        return next(((a, b) for a, b in pairs if b.stage is stage and a.assignee is not b.assignee), None)


def digitised(
    case: CaseView, post: UUID, assignments: Assignments, papers: Photographed, components: Sequence[ComponentLine]
) -> Digitised:
    """By the assignments of the day whose rules the case follows. `post`: where its papers were taken."""
    counted = {
        Stage.PHOTOGRAPH: (papers.photographed, papers.papers),
        Stage.ARRANGE: (papers.arranged, papers.papers),
        Stage.CHECK_QUALITY: (sum(one.clean for one in components), sum(one.pages for one in components)),
        Stage.ASSEMBLE: (sum(one.assembled for one in components), len(components)),
        Stage.CROSS_CHECK: (int(case.check_result in COMPLETE), 1),
    }
    units = {Assignee.POST: post, Assignee.OFFICE: case.competent_unit}
    stages = [
        StageLine(
            stage=one.stage,
            assignee=one.assignee,
            unit=units[one.assignee],
            done=counted[one.stage][0],
            of=counted[one.stage][1],
        )
        for one in assignments.of_all(post, case.procedure, case.regime_on)
    ]
    return Digitised(stages=stages, components=components)
