"""What makes a rule file unusable. Everything is checked when it is loaded, and everything wrong is said at once."""

from collections.abc import Iterator
from itertools import chain

from backend.acts.rule_file import ActRule, Machine, Row, RuleFile, Value, typed

DOOR_ROLES = frozenset({"courier", "dispatcher", "counter_clerk", "post_employee_at_one_stop", "operator", "cashier"})
"""Who guides and never decides (F14)."""

WAITS = ("exception_open", "eq", False)
"""Requests on a case wait while a fact that crossed a rule is not cleared."""


def complaints(file: RuleFile) -> list[str]:
    """One sentence for each thing wrong with `file`; empty when it may be used."""
    return list(
        chain(
            _facts(file),
            _acts(file),
            chain.from_iterable(_machine(file, name, machine) for name, machine in file.machines.items()),
            _refusals(file),
        )
    )


def _facts(file: RuleFile) -> Iterator[str]:
    asked = {guard[0] for machine in file.machines.values() for row in machine.rows for guard in row.when}
    for name, fact in file.facts.items():
        if (fact.type == "enum") != bool(fact.values) or len(set(fact.values)) < len(fact.values):
            yield f"fact {name}: values do not fit its type"
        if not typed(fact, fact.usual):
            yield f"fact {name}: its usual value is not of its type"
        if name not in asked:
            yield f"fact {name}: no guard asks for it"


def _acts(file: RuleFile) -> Iterator[str]:
    if DOOR_ROLES & set(file.deciders) or not set(file.deciders) <= set(file.roles):
        yield "deciders: a role that only guides, or an unknown one"
    for kind, act in file.acts.items():
        for what, words, known in (
            ("role", act.roles, file.roles),
            ("subject", (act.subject,), file.subjects),
            ("field", act.touches, file.fields),
        ):
            yield from (f"act {kind}: unknown {what} {word}" for word in words if word not in known)
        if act.kind == "fact" and act.touches:
            yield f"act {kind}: a fact touches no field"
        if act.kind == "fact" and (act.decision or act.through):
            yield f"act {kind}: only a request decides or goes through"
        if act.decision and not set(act.roles) <= set(file.deciders):
            yield f"act {kind}: a decision given to one who only guides"
        moved = {name for name, machine in file.machines.items() if any(row.act == kind for row in machine.rows)}
        if moved != set(act.machines) or len(act.machines) != len(moved):
            yield f"act {kind}: moves {sorted(act.machines)}, but has rows in {sorted(moved)}"
        if act.kind == "request" and act.subject == "case" and not act.through and not _waits(file, kind, act):
            yield f"act {kind}: a request on a case that does not wait for an open exception"


def _waits(file: RuleFile, kind: str, act: ActRule) -> bool:
    return any(
        all(row.when[:1] == (WAITS,) for row in machine.rows if row.act == kind)
        for machine in (file.machines[name] for name in act.machines if name in file.machines)
    )


def _machine(file: RuleFile, name: str, machine: Machine) -> Iterator[str]:
    known = {*machine.states, machine.initial}
    if machine.initial in machine.states:
        yield f"machine {name}: the initial state is never a stored one"
    for number, row in enumerate(machine.rows):
        where = f"machine {name}, row {number} ({row.act})"
        if row.act not in file.acts:
            yield f"{where}: unknown act"
        strange = set(row.sources) - known - {"*"}
        if strange or (row.to is not None and row.to not in machine.states):
            yield f"{where}: unknown state {sorted(strange) or row.to}"
        if len(set(row.sources)) < len(row.sources) or ("*" in row.sources and set(row.sources) & set(machine.states)):
            yield f"{where}: a state stands twice"
        for guard in row.when:
            yield from (f"{where}: {what}" for what in _guard(file, *guard))
        if not strange and _never_wins(machine, number, row):
            yield f"{where}: never wins, an earlier row takes all its states"
    unreachable = set(machine.states) - _reachable(machine)
    if unreachable:
        yield f"machine {name}: unreachable {sorted(unreachable)}"
    yield from _lands(file, name, machine, known)


def _guard(file: RuleFile, name: str, op: str, value: Value | tuple[Value, ...]) -> Iterator[str]:
    fact = file.facts.get(name)
    if fact is None:
        yield f"unknown fact {name}"
        return
    if op in ("ge", "lt") and fact.type != "integer":
        yield f"{op} is for integers, not for {name}"
    if (op == "in") != isinstance(value, tuple):
        yield f"{op} does not take such a value for {name}"
    for one in value if isinstance(value, tuple) else (value,):
        if not typed(fact, one):
            yield f"{one!r} is no value of {name}"
    if value == ():
        yield f"nothing is in an empty list for {name}"


def _never_wins(machine: Machine, number: int, row: Row) -> bool:
    earlier = [other for other in machine.rows[:number] if other.act == row.act and set(other.when) <= set(row.when)]
    taken = {state for other in earlier for state in machine.sources(other)}
    return set(machine.sources(row)) <= taken


def _reachable(machine: Machine) -> set[str]:
    reached = {machine.initial}
    while True:
        more = {row.to for row in machine.rows if row.to and reached & set(machine.sources(row))} - reached
        if not more:
            return reached
        reached |= more


def _lands(file: RuleFile, name: str, machine: Machine, known: set[str]) -> Iterator[str]:
    for kind, targets in machine.lands.items():
        act = file.acts.get(kind)
        if act is None or act.kind != "fact" or name not in act.machines:
            yield f"machine {name}: only a fact that moves it lands, not {kind}"
        sources = [state for states in targets.values() for state in states]
        if not set(targets) <= set(machine.states) or not set(sources) <= known:
            yield f"machine {name}: {kind} lands in or from an unknown state"
        if len(set(sources)) < len(sources):
            yield f"machine {name}: {kind} lands twice from one state"


def _refusals(file: RuleFile) -> Iterator[str]:
    if "no-such-act-here" not in file.refusals:
        yield "refusals: nothing is said for no-such-act-here"
    places = {f"{name}.{state}" for name, m in file.machines.items() for state in (*m.states, m.initial)}
    for code, words in file.refusals.items():
        reason, at, where = code.partition("@")
        if reason != "no-such-act-here" and reason.removeprefix("guard:") not in file.facts:
            yield f"refusals: unknown reason {reason}"
        if at and where not in file.acts and where not in places:
            yield f"refusals: unknown place {where}"
        try:
            (words.title + words.detail).format(act="", machine="", state="")
        except (KeyError, IndexError, ValueError):
            yield f"refusals: {code} names something that is not filled in"
