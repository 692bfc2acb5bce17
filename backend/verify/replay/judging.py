"""Whether the states an act left are ones its rule table gives, and which exceptions it must have opened.

A guard whose fact is unknown may hold or not: then several verdicts are possible, and the act's own must be among them.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import msgspec

from backend.acts.rule_file import Row as RuleRow
from backend.acts.rules import NO_SUCH_ACT, TESTS, RuleTable
from backend.verify.commands import derived
from backend.verify.replay.about import UNKNOWN, About
from backend.verify.replay.deed import Deed
from backend.verify.replay.facts import value
from backend.verify.replay.things import UNKNOWN_STATE, Thing
from backend.verify.replay.world import Row, World

ANY_GUARD = "guard:"


class Verdict(msgspec.Struct, frozen=True):
    """From `state` to another. `reason` None: allowed. `guard:` alone: refused by a guard that cannot be named here."""

    state: str
    to: str
    reason: str | None = None

    def says(self, code: str) -> bool:
        """Whether an exception's reason is this one."""
        return self.reason == code or (self.reason == ANY_GUARD and code.startswith(ANY_GUARD))


class Judged(msgspec.Struct):
    """`moves`: the state each thing is in afterwards. `wrong`: (code, label, expected, found)."""

    moves: list[tuple[Thing, str]]
    exceptions: list[Row]
    wrong: list[tuple[str, str, Any, Any]]


def judge(world: World, deed: Deed, table: RuleTable, concerned: Sequence[Thing]) -> Judged:
    judged = Judged([], [], [])
    claimed = list(deed.exceptions)
    if claimed[:1] == ["act:role"]:
        judged.exceptions.append(exception(deed, "act", deed.kind, claimed.pop(0).partition(":")[2]))
    labels = {thing.label for thing in concerned}
    if labels != set(deed.outcome):
        judged.wrong.append(("replay.outcome", "", sorted(labels), sorted(deed.outcome)))
    for thing in concerned:
        found = deed.outcome.get(thing.label, thing.state)
        verdicts = possible(world, deed, table, thing)
        _one(world, deed, judged, claimed, thing, found, verdicts)
    if claimed:
        judged.wrong.append(("replay.exceptions", "", [], claimed))
    unrefusable = deed.by_courier or deed.by_itself or deed.is_child  # the visit has moved already
    if judged.exceptions and not (unrefusable and table.act(deed.kind).kind == "fact"):
        judged.wrong.append(("replay.refusable", "", "refused", list(deed.exceptions)))
    return judged


def _one(
    world: World,
    deed: Deed,
    judged: Judged,
    claimed: list[str],
    thing: Thing,
    found: str,
    verdicts: Sequence[Verdict],
) -> None:
    fitting = [one for one in verdicts if one.to == found]
    allowed = any(one.reason is None for one in fitting)
    claim, opened = _opened(world, deed, claimed, thing, fitting, allowed=allowed)
    if opened is not None:
        claimed.remove(claim)
        judged.exceptions.append(opened)
    elif not allowed:
        expected = [one.to if one.reason is None else f"{one.to} ({one.reason})" for one in verdicts]
        judged.wrong.append(("replay.outcome", thing.label, expected, found))
        found = verdicts[0].to if len(verdicts) == 1 else found
    judged.moves.append((thing, found))


def _opened(
    world: World, deed: Deed, claimed: Sequence[str], thing: Thing, fitting: Sequence[Verdict], *, allowed: bool
) -> tuple[str, Row | None]:
    """Of the exceptions that the act says it opened, one that this thing may have: in which order things were judged,
    nothing tells. Whether it has one where it may as well have none, and from which state, the table alone says."""
    found: list[tuple[str, Row]] = []
    for claim in claimed:
        machine, _, reason = claim.partition(":")
        if machine == thing.machine:
            found += [(claim, exception(deed, machine, one.state, reason)) for one in fitting if one.says(reason)]
    known = [one for one in found if one[1]["exception_id"] in world.exceptions_there]
    if known:
        return known[0]
    return ("", None) if allowed or not found else found[0]


def possible(world: World, deed: Deed, table: RuleTable, thing: Thing) -> list[Verdict]:
    """Where the act may leave the thing, as far as the acts before it tell."""
    if thing.state != UNKNOWN_STATE:
        return _from(world, deed, table, thing, thing.state)
    states = table.file.machines[thing.machine].states
    return [one for state in states for one in _from(world, deed, table, thing, state)]


def _from(world: World, deed: Deed, table: RuleTable, thing: Thing, state: str) -> list[Verdict]:
    """Every verdict that the known facts leave open, the likeliest first."""
    rows = _rows(table, thing.machine, state, deed.kind)
    lands = table.lands(thing.machine, deed.kind, state)
    if not rows:
        return [Verdict(state, lands, NO_SUCH_ACT)]
    about, possible = About(world, deed, thing), list[Verdict]()
    furthest, reason, sure = -1, "", True
    for row in rows:
        tests = [_holds(about, *guard) for guard in row.when]
        if False not in tests:
            possible.append(Verdict(state, row.to or state))
            if all(tests):
                return possible
        sure = sure and None not in tests
        if False in tests and tests.index(False) > furthest:
            furthest, reason = tests.index(False), row.when[tests.index(False)][0]
    return [*possible, Verdict(state, lands, f"{ANY_GUARD}{reason}" if sure else ANY_GUARD)]


@cache
def _rows(table: RuleTable, machine: str, state: str, act: str) -> tuple[RuleRow, ...]:
    rules = table.file.machines[machine]
    return tuple(row for row in rules.rows if row.act == act and state in rules.sources(row))


def _holds(about: About, fact: str, operator: str, wanted: Any) -> bool | None:
    known = value(fact, about)
    return None if known is UNKNOWN else bool(TESTS[operator](known, wanted))


def exception(deed: Deed, machine: str, state: str, reason: str) -> Row:
    """The row that opens on its subject."""
    parts = (deed.subject.hex, deed.made_by.hex, deed.command.hex, machine, state, reason)
    return {
        "case_id": deed.subject,
        "exception_id": derived("exception", *parts),
        "made_by": deed.made_by,
        "act_id": deed.command,
        "machine": machine,
        "state": state,
        "reason": reason,
        "opened_at": deed.received_at,
        "cleared_at": None,
        "cleared_by": None,
    }
