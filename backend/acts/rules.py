"""The rule table: which act is allowed in which state. Data files `rules/NNNN.json`, run alike by server and phone.

One file holds several small machines. A row says: in these states, when these guards hold, this act moves the machine
there (or leaves it). Guards compare facts of a closed typed list (boolean, enum, 32-bit integer) with constants.

Meaning of a judgement, which every engine must give alike:
- Of the rows for (state, act), in the order of the file, the first whose guards all hold wins.
- No row at all: `no-such-act-here`. Rows, but none holds: `guard:<fact>`, the first failing guard of the row that came
  furthest, the earlier row on a tie.
- `*` in `from` is every state of the machine but the initial one, which means "not born yet" and is never stored.
- A *request* that is refused does not happen. A *fact* happened: refused, it opens an exception and the machine moves
  to `lands` (or stays).
- An act moves every machine in `machines` that has an instance it concerns; the first one leads and carries the guards
  people ask about. It is allowed when each of them allows it.
- Facts with `of: act` describe the act itself, `thing` the one instance judged; all others stand as before the act.
"""

import hashlib
import json
import operator
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from backend.acts.reasons import reason
from backend.acts.rule_checks import complaints
from backend.acts.rule_file import ActRule, Machine, RuleFile, Value, typed

FOLDER = Path(__file__).parent / "rules"

Facts = Mapping[str, Value]
"""Every fact of the table, by name. May compute on demand; a missing one is an error of the caller (KeyError)."""
NO_SUCH_ACT = "no-such-act-here"


class BadRuleTable(ValueError):
    """A rule file that must not be used. `complaints`: one sentence each."""

    def __init__(self, name: str, complaints: Sequence[str]) -> None:
        super().__init__(f"{name}: " + "; ".join(complaints))
        self.complaints = tuple(complaints)


class UnknownWord(KeyError):
    """A machine, state, act or fact that the table does not have."""


class Allowed(msgspec.Struct, frozen=True):
    """The act may be; the machine is then in `to` (the same state where the row says that it stays)."""

    to: str


class Refused(msgspec.Struct, frozen=True):
    """`no-such-act-here` or `guard:<fact>`."""

    reason: str


Test = Callable[[Any, Any], bool]
Guards = tuple[tuple[str, Test, Any], ...]
Compiled = tuple[tuple[tuple[str, Any], ...], Guards, Guards, Allowed]
"""What must be equal (nearly every guard, and the cheapest to ask), the other guards, all in order, the answer."""


def _among(value: object, allowed: frozenset[object]) -> bool:
    return value in allowed


TESTS: dict[str, Test] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "in": _among,
    "ge": operator.ge,
    "lt": operator.lt,
}
_NO_ROW = Refused(NO_SUCH_ACT)


class RuleTable:
    """A checked file, compiled. Immutable; a judgement allocates nothing."""

    def __init__(self, file: RuleFile, data: bytes) -> None:
        self.file = file
        self.data = data
        """The exact bytes, as shipped to phones."""
        self.sha256 = hashlib.sha256(data).hexdigest()
        self.version = file.version
        self.usual: Facts = {name: fact.usual for name, fact in file.facts.items()}
        """Every fact at its usual value."""
        self._rows: dict[tuple[str, str, str], list[Compiled]] = {}
        self._lands: dict[tuple[str, str, str], str] = {}
        for name, machine in file.machines.items():
            self._compile(name, machine)

    def _compile(self, name: str, machine: Machine) -> None:
        for row in machine.rows:
            guards = tuple(
                (fact, TESTS[op], frozenset(value) if isinstance(value, tuple) else value)
                for fact, op, value in row.when
            )
            equal = tuple((fact, value) for fact, test, value in guards if test is operator.eq)
            others = tuple(guard for guard in guards if guard[1] is not operator.eq)
            for state in machine.sources(row):
                found = self._rows.setdefault((name, state, row.act), [])
                found.append((equal, others, guards, Allowed(row.to or state)))
        for act, targets in machine.lands.items():
            for target, sources in targets.items():
                self._lands.update({(name, state, act): target for state in sources})

    def judge(self, machine: str, state: str, act: str, facts: Facts) -> Allowed | Refused:
        """Whether `act` may be in `state` of `machine`. Raises UnknownWord for a word the table does not have."""
        rows = self._rows.get((machine, state, act))
        if rows is None:
            self._check_words(machine, state, act)
            return _NO_ROW
        for equal, others, _, allowed in rows:
            for fact, value in equal:
                if facts[fact] != value:
                    break
            else:
                for fact, holds, value in others:
                    if not holds(facts[fact], value):
                        break
                else:
                    return allowed
        return _refusal(rows, facts)

    def lands(self, machine: str, act: str, state: str) -> str:
        """Where a refused fact leaves the machine. The initial state back means: nothing is born of it."""
        self._check_words(machine, state, act)
        return self._lands.get((machine, state, act), state)

    def act(self, kind: str) -> ActRule:
        """Raises UnknownWord."""
        try:
            return self.file.acts[kind]
        except KeyError:
            raise UnknownWord(f"act {kind}") from None

    def next_acts(self, machine: str, state: str, facts: Facts, role: str) -> tuple[str, ...]:
        """What `role` may do now, by this machine alone, in the order of the file."""
        return tuple(
            kind
            for kind, act in self.file.acts.items()
            if role in act.roles
            and (machine, state, kind) in self._rows
            and isinstance(self.judge(machine, state, kind, facts), Allowed)
        )

    def offered(self, states: Mapping[str, str], facts: Facts, role: str) -> tuple[str, ...]:
        """What `role` may do now: acts that every machine of `states` they move allows, and at least one of them."""
        found: list[str] = []
        for kind, act in self.file.acts.items():
            moved = [machine for machine in act.machines if machine in states]
            if (
                moved
                and role in act.roles
                and all(isinstance(self.judge(machine, states[machine], kind, facts), Allowed) for machine in moved)
            ):
                found.append(kind)
        return tuple(found)

    def refusal(self, reason: str, machine: str = "", state: str = "", act: str = "") -> tuple[str, str]:
        """Title and detail of a refusal, in Vietnamese: what is wrong and what to do next.

        The words written for the act, else for the state, else the general ones. Raises UnknownWord.
        """
        texts, place, kind = self.file.refusals, self.file.machines.get(machine), self.file.acts.get(act)
        named = {
            "machine": place.vi if place else "Việc này",
            "state": place.states[state].vi if place and state in place.states else "Chưa có",
            "act": kind.vi if kind else "việc này",
        }
        for key in (f"{reason}@{act}", f"{reason}@{machine}.{state}", reason):
            if key in texts:
                return texts[key].title.format(**named), texts[key].detail.format(**named)
        raise UnknownWord(f"refusal {reason}")

    def wrong_facts(self, facts: Mapping[str, object]) -> tuple[str, ...]:
        """Names of facts that are missing, unknown or not of their type (for those who gather facts)."""
        known = self.file.facts
        return tuple(
            name
            for name in sorted(known.keys() | facts.keys())
            if name not in known or name not in facts or not typed(known[name], facts[name])
        )

    def _check_words(self, machine: str, state: str, act: str) -> None:
        place = self.file.machines.get(machine)
        if place is None:
            raise UnknownWord(f"machine {machine}")
        if state not in place.states and state != place.initial:
            raise UnknownWord(f"state {state} of machine {machine}")
        if act not in self.file.acts:
            raise UnknownWord(f"act {act}")


def _refusal(rows: Sequence[Compiled], facts: Facts) -> Refused:
    furthest, failed = -1, ""
    for _, _, guards, _ in rows:
        for reached, (fact, holds, value) in enumerate(guards):
            if not holds(facts[fact], value):
                if reached > furthest:
                    furthest, failed = reached, fact
                break
    return Refused(f"guard:{failed}")


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    if len(set(keys)) < len(keys):
        raise ValueError(f"a key stands twice: {sorted(key for key in set(keys) if keys.count(key) > 1)}")
    return dict(pairs)


def read(name: str, data: bytes) -> RuleTable:
    """Decode strictly, check everything, compile. Raises BadRuleTable."""
    try:
        json.loads(data, object_pairs_hook=_no_key_twice)
        file = msgspec.json.decode(data, type=RuleFile, strict=True)
    except (ValueError, RecursionError) as problem:
        raise BadRuleTable(name, [str(problem)]) from problem
    found = complaints(file)
    if found:
        raise BadRuleTable(name, found)
    return RuleTable(file, data)


@cache
def versions() -> tuple[int, ...]:
    """All shipped versions, oldest first. All stay loadable: each act is replayed under its own."""
    return tuple(sorted(int(path.stem) for path in FOLDER.glob("[0-9][0-9][0-9][0-9].json")))


@cache
def load(version: int) -> RuleTable:
    """Raises BadRuleTable, and FileNotFoundError for a version never shipped."""
    name = f"{version:04}.json"
    table = read(name, (FOLDER / name).read_bytes())
    if table.version != version:
        raise BadRuleTable(name, [f"says version {table.version}"])
    return table


def current() -> int:
    """The newest version: new acts are made and judged under it."""
    return versions()[-1]


def is_final(code: str) -> bool:
    """Whether the law lets an item that failed for this reason go back at once. Raises UnknownWord."""
    try:
        return reason(code).final
    except KeyError:
        raise UnknownWord(f"reason {code}") from None


def failure_next(code: str) -> str:
    """The fact `failure_next` of a reason V01.. or H01... Raises UnknownWord."""
    try:
        return reason(code).next
    except KeyError:
        raise UnknownWord(f"reason {code}") from None
