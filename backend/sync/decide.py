"""Decides one act in memory: may it be, what does it move, what does it leave open.

A *request* that the rule table or an effect refuses is refused. A *fact* of a device is never refused for state,
assignment, limit or date: custody and money move as it says, and where the table would have said no an exception opens.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from backend.acts.model import Act, OpenedException, Problem, Source, Standing
from backend.acts.rules import Refused, RuleTable, UnknownWord
from backend.dossiers import service as dossiers
from backend.dossiers.model import Case
from backend.errors import NotAllowed, Refusal
from backend.ids import derived
from backend.staff.model import Post
from backend.sync import (
    bag_effects,
    call_back_effects,
    case_effects,
    change_effects,
    day_effects,
    door_effects,
    duty_effects,
    incident_effects,
    label_effects,
    loss_effects,
    merge_effects,
    party_effects,
    payment_effects,
    people_effects,
    question_effects,
    refund_effects,
    relief_effects,
    result_effects,
    return_effects,
    run_sheet_effects,
    urging_effects,
    visit_effects,
)
from backend.sync.doing import Doing
from backend.sync.errors import ChangedByAnother, WaitsForAPerson
from backend.sync.facts import FACTS
from backend.sync.instances import Instance, instances, put_state
from backend.sync.model import DECODERS
from backend.sync.naming import named
from backend.sync.sheet import FactSheet
from backend.sync.touching import touched_by_another

EFFECTS = (
    bag_effects.EFFECTS
    | call_back_effects.EFFECTS
    | case_effects.EFFECTS
    | day_effects.EFFECTS
    | door_effects.EFFECTS
    | duty_effects.EFFECTS
    | incident_effects.EFFECTS
    | label_effects.EFFECTS
    | loss_effects.EFFECTS
    | merge_effects.EFFECTS
    | party_effects.EFFECTS
    | change_effects.EFFECTS
    | payment_effects.EFFECTS
    | refund_effects.EFFECTS
    | people_effects.EFFECTS
    | question_effects.EFFECTS
    | relief_effects.EFFECTS
    | result_effects.EFFECTS
    | return_effects.EFFECTS
    | run_sheet_effects.EFFECTS
    | urging_effects.EFFECTS
    | visit_effects.EFFECTS
)
ON_ANYTHING = frozenset({"resolve_review", "countersign_review", "clear_exception"})
"""Decisions stand on the subject of what they are about, whatever its kind."""

AT_A_DESK = frozenset({"rekey", "confirm_rekeyed", "set_aside_rekeyed"})
"""Paper is typed in, and compared with its picture, where the paper is."""
OF_THE_SYSTEM = frozenset({Source.WEBHOOK, Source.TIMER})
UNREFUSABLE = OF_THE_SYSTEM | {Source.DEVICE, Source.PAPER}


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one act."""

    standing: Standing
    reason: str | None = None
    problem: Problem | None = None
    outcome: dict[str, str] = {}
    exceptions: Sequence[OpenedException] = ()


class Complaint(msgspec.Struct, frozen=True):
    """What the rule table would not allow."""

    machine: str
    state: str
    reason: str


class Deciding(msgspec.Struct, frozen=True):
    """One act before its decision. `posts`: what the actor holds on the day of the act."""

    do: Doing
    rules: RuleTable
    posts: frozenset[Post]

    @property
    def act(self) -> Act:
        return self.do.act

    @property
    def kind(self) -> str:
        return self.act.envelope.kind

    @property
    def unrefusable(self) -> bool:
        """A fact that nobody can be asked about again: a phone's, a bank's, one that was written on paper."""
        return self.rules.act(self.kind).kind == "fact" and self.act.source in UNREFUSABLE

    @property
    def waits(self) -> bool:
        """What a refusal would leave without anybody: papers and money may hang on what a phone registers (F02)."""
        return self.unrefusable or (self.kind == "register" and self.act.source is Source.DEVICE)


def problem_of(refusal: Refusal) -> Problem:
    return Problem(
        type=f"urn:tannha:problem:{refusal.slug()}",
        title=refusal.title(),
        status=refusal.status,
        detail=str(refusal),
    )


def is_known(kind: str) -> bool:
    return kind in DECODERS and kind in EFFECTS


def decide(it: Deciding) -> Decided:
    """Never raises for what a phone may send: what cannot be understood goes to review."""
    if (strange := _strange(it)) is not None:
        return Decided(standing=Standing.REVIEW, reason=strange)
    it.do.world.mark()
    try:
        return _carried_out(it, DECODERS[it.kind].decode(it.act.envelope.body))
    except (msgspec.MsgspecError, RecursionError, UnknownWord):
        it.do.world.undo()
        return Decided(standing=Standing.REVIEW, reason="unreadable-body")
    except Refusal as refusal:
        it.do.world.undo()
        if isinstance(refusal, WaitsForAPerson) and it.act.source is Source.DEVICE:
            return Decided(standing=Standing.BEHIND, problem=problem_of(refusal))
        standing = Standing.REVIEW if it.waits or isinstance(refusal, ChangedByAnother) else Standing.REFUSED
        return Decided(standing=standing, reason=refusal.slug(), problem=problem_of(refusal))


def _strange(it: Deciding) -> str | None:
    """Why nobody can say what this act would do."""
    if not is_known(it.kind):
        return "unknown-kind"
    if it.act.source is Source.DEVICE and set(it.rules.act(it.kind).roles) == {"system"}:
        return "only-the-system"  # a phone does not say what came to a bank
    if it.act.source is Source.DEVICE and it.kind in AT_A_DESK:
        return "only-at-a-desk"
    if it.kind not in ON_ANYTHING and it.rules.act(it.kind).subject != it.act.subject[0]:
        return "wrong-subject"
    return None


def _carried_out(it: Deciding, body: Any) -> Decided:
    rule = it.rules.act(it.kind)
    concerned = instances(it.do.world, it.do.subject, it.act.envelope.id, body, rule.machines)
    complaints = [] if _holds_role(it, rule.roles) else [Complaint("act", it.kind, "role")]
    moves = _judged(it, concerned, body, complaints)
    if complaints and not it.unrefusable:
        raise _refusal(it, complaints[0])
    if not it.act.resolved and not it.unrefusable and touched_by_another(it.do.world, it.act, body, rule.touches):
        raise ChangedByAnother("Người khác vừa sửa cùng mục này. Người phụ trách sẽ chọn giá trị đúng.")
    EFFECTS[it.kind](it.do, body)
    for instance, state in moves:
        put_state(it.do.world, instance, state)
    _over(it.do)
    return Decided(
        standing=Standing.APPLIED,
        outcome={instance.label: state for instance, state in moves},
        exceptions=[_exception(it.do, complaint) for complaint in complaints],
    )


def _over(do: Doing) -> None:
    """A case that has come to its end, or goes on after all."""
    case = do.world.get(Case, do.subject)
    if case is not None and (told := dossiers.over(case, do.act.occurred_at)) != case:
        do.world.put(told)


def follow(it: Deciding) -> Decided:
    """The same act on another case of the household: the visit has moved already, only the case follows."""
    concerned = instances(it.do.world, it.do.subject, it.act.envelope.id, None, ("case",))
    complaints: list[Complaint] = []
    moves = _judged(it, concerned, DECODERS[it.kind].decode(it.act.envelope.body), complaints)
    for instance, state in moves:
        put_state(it.do.world, instance, state)
    return Decided(
        standing=Standing.APPLIED,
        outcome={instance.label: state for instance, state in moves},
        exceptions=[_exception(it.do, complaint) for complaint in complaints],
    )


def touched(_it: Deciding) -> Decided:
    """An incident touches this case, or another case was merged into it or taken out again: that stands in its chain,
    and nothing of it moves."""
    return Decided(standing=Standing.APPLIED)


def _holds_role(it: Deciding, roles: Sequence[str]) -> bool:
    """A bank's notice and a timer speak for the system itself, and whoever holds a case's card for its citizen: nobody
    holds a post for it."""
    if it.act.source in OF_THE_SYSTEM:
        return "system" in roles
    if it.act.source is Source.FORM:
        return "citizen" in roles
    return any(post.role in roles for post in it.posts)


def _judged(
    it: Deciding, concerned: Sequence[Instance], body: Any, complaints: list[Complaint]
) -> list[tuple[Instance, str]]:
    """The state each instance moves to; what the table would not allow is added to `complaints`."""
    facts = FactSheet(it.do, body, it.posts, it.rules.usual, FACTS)
    moves: list[tuple[Instance, str]] = []
    for instance in concerned:
        verdict = it.rules.judge(instance.machine, instance.state, it.kind, facts.about(instance))
        if isinstance(verdict, Refused):
            complaints.append(Complaint(instance.machine, instance.state, verdict.reason))
            moves.append((instance, it.rules.lands(instance.machine, it.kind, instance.state)))
        else:
            moves.append((instance, verdict.to))
    return moves


def _refusal(it: Deciding, complaint: Complaint) -> Refusal:
    if complaint.reason == "role":
        return NotAllowed("Việc này không thuộc vai trò của ông/bà. Chuyển cho người có trách nhiệm.")
    _title, detail = it.rules.refusal(complaint.reason, complaint.machine, complaint.state, it.kind)
    return named(it.kind, complaint.machine, complaint.state, complaint.reason)(detail)


def _exception(do: Doing, complaint: Complaint) -> OpenedException:
    made_by, act_id = do.act.key
    return OpenedException(
        case_id=do.subject,
        exception_id=derived(
            "exception", do.subject.hex, made_by.hex, act_id.hex, complaint.machine, complaint.state, complaint.reason
        ),
        made_by=made_by,
        act_id=act_id,
        machine=complaint.machine,
        state=complaint.state,
        reason=complaint.reason,
        opened_at=do.act.received_at,
    )
