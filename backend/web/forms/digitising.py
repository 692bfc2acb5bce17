"""The form by which a stage of making dossiers digital is given to the post or to the office. Pure: no I/O."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from backend.documents.stage_model import LONGEST_BASIS, Assignee, Assignment, Assignments, Stage
from backend.web.forms.field import Field, Filled, FilledWrong, Form, Option, options
from backend.web.words import Words, day

STAGES: Mapping[Stage, Words] = {
    Stage.PHOTOGRAPH: Words("Chụp", "Photograph"),
    Stage.ARRANGE: Words("Đặt tên và sắp xếp trang", "Name and arrange pages"),
    Stage.CHECK_QUALITY: Words("Kiểm tra chất lượng", "Check quality"),
    Stage.ASSEMBLE: Words("Ghép tệp", "Put files together"),
    Stage.CROSS_CHECK: Words("Đối chiếu", "Cross-check"),
}
COUNTED: Mapping[Stage, Words] = {
    Stage.PHOTOGRAPH: Words("giấy tờ", "papers"),
    Stage.ARRANGE: Words("giấy tờ", "papers"),
    Stage.CHECK_QUALITY: Words("trang đạt", "pages passed"),
    Stage.ASSEMBLE: Words("tệp", "files"),
    Stage.CROSS_CHECK: Words("hồ sơ", "dossier"),
}
"""What is counted at each stage."""
ASSIGNEES: Mapping[Assignee, Words] = {
    Assignee.POST: Words("Bưu điện", "Post"),
    Assignee.OFFICE: Words("Cơ quan giải quyết", "Competent agency"),
}
SAID = {"assign_stage": Words("Phân công công đoạn", "Assign a stage")}
"""What the form is called."""


class PostStages(msgspec.Struct, frozen=True, kw_only=True):
    """A post as its head sees it."""

    unit: UUID
    today: date
    known: Assignments

    def now(self, stage: Stage) -> Assignment:
        """Today's, for procedures of which nothing else is said."""
        return self.known.of(self.unit, None, stage, self.today)

    def other(self, stage: Stage) -> list[Assignment]:
        """What is said of one procedure, or is to begin; the earliest first."""
        return [
            one
            for one in self.known.known
            if one.stage is stage and one.unit_id == self.unit and (one.until is None or one.until >= self.today)
            if one.procedure is not None or not one.holds(self.today)
        ]


def assign_stage(about: PostStages, procedures: Sequence[Option]) -> Form:
    """`procedures`: the catalogue, to be picked from."""
    return Form(
        kind="assign_stage",
        title=SAID["assign_stage"],
        fields=(
            Field(name="stage", words=Words("Công đoạn", "Stage"), kind="select", options=options(STAGES)),
            Field(name="assignee", words=Words("Giao cho", "Given to"), kind="radio", options=options(ASSIGNEES)),
            Field(
                name="procedure",
                words=Words("Riêng thủ tục", "Only for the procedure"),
                options=procedures,
                required=False,
                hint=Words("để trống: mọi thủ tục", "empty: every procedure"),
            ),
            Field(name="since", words=Words("Từ ngày", "From"), value=day(about.today)),
            Field(
                name="basis",
                words=Words("Căn cứ", "On what ground"),
                hint=Words("như số và ngày của kế hoạch, thỏa thuận", "as number and day of a plan or agreement"),
            ),
        ),
    )


def assigned(
    kind: str, filled: Filled, act: UUID, unit: UUID, procedure: str | None, since: date, by: UUID, at: datetime
) -> Assignment:
    """`procedure`: the code of the one that was meant. Raises FilledWrong."""
    if kind not in SAID:
        raise FilledWrong("Tải lại trang rồi gửi lại biểu mẫu.")
    return Assignment(
        id=act,
        unit_id=unit,
        procedure=procedure,
        stage=Stage(filled.choice("stage", STAGES)),
        assignee=Assignee(filled.choice("assignee", ASSIGNEES)),
        since=since,
        basis=filled.text("basis", longest=LONGEST_BASIS),
        set_by=by,
        recorded_at=at,
    )
