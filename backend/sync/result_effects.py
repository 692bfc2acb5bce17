"""What becomes of a result that could not be handed over, or was wrong, in the rows (F07)."""

from msgspec.structs import replace

from backend.clock import local_date
from backend.dossiers import changes
from backend.dossiers.change_model import NewAddress
from backend.dossiers.model import CaseUnit, ReleaseResult
from backend.parcels import service as parcels
from backend.parcels.model import OpenResult, Paper, Reseal
from backend.sync.case_effects import only_states
from backend.sync.doing import Doing, Effect
from backend.sync.party_effects import personal_of
from backend.sync.presence_effects import unmark
from backend.visits.errors import NotAPost
from backend.visits.result_model import (
    ForwardResult,
    Invitation,
    Invite,
)

CAME_BACK = ("back_for_correction", "returned_to_agency")
"""States in which a new result takes the place of the one before."""


def release_result(do: Doing, body: ReleaseResult) -> None:
    if do.case.state in CAME_BACK:
        before = [paper for paper in do.world.of_case(Paper, do.subject) if paper.is_result]
        do.world.put(*(replace(paper, superseded=True) for paper in before if paper.paper_id != body.paper_id))
    do.world.put(*parcels.release_result(do.subject, body, do.case.competent_unit))


def open_result(do: Doing, body: OpenResult) -> None:
    do.visit(body.visit_id)
    do.parcels([body.parcel_id])


def reseal(do: Doing, body: Reseal) -> None:
    do.visit(body.visit_id)
    [parcel] = do.parcels([body.parcel_id])
    do.world.put(replace(parcel, seal_number=body.seal_number))


def invite(do: Doing, body: Invite) -> None:
    do.world.put(
        Invitation(
            case_id=do.subject,
            invitation_id=body.invitation_id,
            day=local_date(do.act.occurred_at),
            invited_at=do.act.occurred_at,
            invited_by=do.actor,
            how=body.how,
        )
    )


def forward_result(do: Doing, body: ForwardResult) -> None:
    """From now on it is that post's work. The post that had it keeps what it did before. Where the house was on the map
    says nothing any more. Raises NotAPost, AddressMissing."""
    if not do.world.knows("post", body.post):
        raise NotAPost("Chỉ chuyển tiếp đến một bưu cục. Chọn lại bưu cục nơi công dân ở.", pointer="/body/post")
    moved = changes.moved(do.case, personal_of(do, NewAddress))
    unmark(do)
    case = replace(moved, handling_unit=body.post)
    do.world.put(case, CaseUnit(case_id=do.subject, unit_id=body.post, relation="handling"))


# A parcel that is kept, goes back or goes for correction is moved by a hand-over of its own.
EFFECTS: dict[str, Effect] = {
    "release_result": release_result,
    "open_result": open_result,
    "reseal": reseal,
    "invite": invite,
    "keep_at_post": only_states,
    "forward_result": forward_result,
    "return_result": only_states,
    "send_back_for_correction": only_states,
}
