"""Decides one act in memory: may it be, what does it move, what does it leave open.

A *request* that the rule table or an effect refuses is refused. A *fact* is never refused for state, assignment, limit
or date: custody and money move as it says, and where the table would have said no an exception opens.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import replace

from backend.acts.model import Act, OpenedException, Problem, Standing
from backend.acts.rules import Allowed, Refused, RuleTable
from backend.errors import NotAllowed, Refusal
from backend.ids import derived
from backend.sync.effects import EFFECTS, Doing
from backend.sync.errors import NotNow, WaitsForAPerson
from backend.sync.facts import FactSheet
from backend.sync.instances import Instance, instances, put_state
from backend.sync.model import DECODERS


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one act."""

    standing: Standing
    reason: str | None = None
    problem: Problem | None = None
    outcome: dict[str, Any] = {}
    exceptions: Sequence[OpenedException] = ()


class Deciding(msgspec.Struct):
    """One act before its decision, with all that may be asked about it."""

    do: Doing
    rules: RuleTable
    roles: frozenset[str]
    """Roles the actor holds, anywhere, on the day of the act."""


def problem_of(refusal: Refusal) -> Problem:
    return Problem(
        type=f"urn:tannha:problem:{refusal.slug()}",
        title=refusal.title(),
        status=refusal.status,
        detail=str(refusal),
    )


def decide(it: Deciding) -> Decided:
    """Never raises for what a phone may send: what cannot be understood goes to review."""
    envelope = it.do.act.envelope
    if envelope.kind not in DECODERS or envelope.kind not in EFFECTS:
        return Decided(standing=Standing.REVIEW, reason="unknown-kind")
    try:
        body = DECODERS[envelope.kind].decode(envelope.body)
    except (msgspec.MsgspecError, RecursionError):
        return Decided(standing=Standing.REVIEW, reason="unreadable-body")
    it.do.world.mark()
    try:
        return _carried_out(it, body)
    except Refusal as refusal:
        it.do.world.undo()
        if it.rules.act(envelope.kind).fact:
            return Decided(standing=Standing.REVIEW, reason=refusal.slug(), problem=problem_of(refusal))
        return Decided(standing=Standing.REFUSED, reason=refusal.slug(), problem=problem_of(refusal))


def _carried_out(it: Deciding, body: Any) -> Decided:
    do, kind = it.do, it.do.act.envelope.kind
    rule = it.rules.act(kind)
    if not rule.fact:
        _check_request(it, rule.roles)
    concerned = instances(do, body, rule.machines)
    facts = FactSheet(it, body)
    moves, complaints = _judged(it, kind, concerned, facts)
    if rule.fact and not it.roles & frozenset(rule.roles):
        complaints.append(("act", kind, "role"))
    if complaints and not rule.fact:
        raise _refusal(it.rules, complaints[0])
    if facts.touched_by_another:
        return Decided(standing=Standing.REVIEW, reason="changed-by-another")
    EFFECTS[kind](do, body)
    for instance, state in moves:
        put_state(do, instance, state)
    return Decided(
        standing=Standing.APPLIED,
        outcome={instance.label: state for instance, state in moves},
        exceptions=[_exception(do, *complaint) for complaint in complaints],
    )


def _check_request(it: Deciding, roles: Sequence[str]) -> None:
    if not it.roles & frozenset(roles):
        raise NotAllowed("Việc này không thuộc vai trò của ông/bà. Chuyển cho người có trách nhiệm.")
    kind = it.do.act.envelope.kind
    if kind not in RESOLVING and any(
        opened.cleared_at is None for opened in it.do.world.of_case(OpenedException, it.do.subject)
    ):
        raise WaitsForAPerson("Hồ sơ đang có ngoại lệ chờ xem xét. Mở mục Chờ người xem xét và giải quyết trước.")


RESOLVING = frozenset({"clear_exception", "resolve_review", "erase"})
"""Requests that a case with an open exception still accepts."""


def _judged(
    it: Deciding, kind: str, concerned: Sequence[Instance], facts: Mapping[str, Any]
) -> tuple[list[tuple[Instance, str]], list[tuple[str, str, str]]]:
    """The state each instance moves to, and for each that the table would not allow: machine, state, reason."""
    moves: list[tuple[Instance, str]] = []
    complaints: list[tuple[str, str, str]] = []
    for instance in concerned:
        match it.rules.judge(instance.machine, instance.state, kind, facts):
            case Allowed(to):
                moves.append((instance, to or instance.state))
            case Refused(reason):
                complaints.append((instance.machine, instance.state, reason))
                moves.append((instance, it.rules.lands(instance.machine, kind, instance.state)))
    return moves, complaints


def _refusal(rules: RuleTable, complaint: tuple[str, str, str]) -> Refusal:
    _machine, _state, reason = complaint
    title, detail = rules.refusal(reason)
    del title
    return NotNow(detail)


def _exception(do: Doing, machine: str, state: str, reason: str) -> OpenedException:
    made_by, act_id = do.act.key
    return OpenedException(
        case_id=do.subject,
        exception_id=derived("exception", str(made_by), str(act_id), machine, reason),
        made_by=made_by,
        act_id=act_id,
        machine=machine,
        state=state,
        reason=reason,
        opened_at=do.act.received_at,
    )


def day_of(act: Act) -> date:
    from backend.clock import local_date

    return local_date(act.occurred_at)


__all__ = ["UUID", "Decided", "Deciding", "decide", "replace"]
