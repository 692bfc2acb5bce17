"""The rule table has two engines, the centre's and the phone's: they answer alike, whatever is asked."""

import os
import random
import secrets
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from backend.acts import rules
from backend.acts.rule_file import Fact, Row, RuleFile, Value
from backend.acts.rules import TESTS, Allowed, Refused, RuleTable, UnknownWord
from tests.courier_api.asking import ask

SEED = int(os.environ.get("RULES_SEED") or secrets.randbits(32))
"""A new one each time; a failure names it, and `RULES_SEED` brings it back."""
LEAST, MOST = -(2**31), 2**31 - 1
WORDS_OF_NOBODY = ("", "weather", "constructor", "toString", "__proto__")

Guard = tuple[str, str, Any]
Place = tuple[str, str, str]
"""Machine, state, act."""


class Case(msgspec.Struct, frozen=True):
    """What both engines are asked. `facts`: the others are at their usual value."""

    machine: str
    state: str
    act: str
    facts: dict[str, Value]

    @property
    def place(self) -> Place:
        return self.machine, self.state, self.act


def places(file: RuleFile) -> dict[Place, list[Row]]:
    """The rows that are asked for each state and act, in the order of the file."""
    found: dict[Place, list[Row]] = defaultdict(list)
    for name, machine in file.machines.items():
        for row in machine.rows:
            for state in machine.sources(row):
                found[name, state, row.act].append(row)
    return found


def near(fact: Fact, constants: Sequence[Any]) -> list[Value]:
    """Values that tell every operator on these constants from every other."""
    if fact.type == "boolean":
        return [False, True]
    if fact.type == "enum":
        return list(fact.values)
    return sorted({LEAST, MOST, *(constant + step for constant in constants for step in (-1, 0, 1))})


def holds(guard: Guard, value: Value) -> bool:
    _, op, constant = guard
    return TESTS[op](value, constant)


def first_failing(row: Row, facts: Mapping[str, Value]) -> int | None:
    """Of its guards; None where all hold."""
    return next((number for number, guard in enumerate(row.when) if not holds(guard, facts[guard[0]])), None)


def any_holds(rows: Sequence[Row], facts: Mapping[str, Value]) -> bool:
    return any(first_failing(row, facts) is None for row in rows)


def taken(rows: Sequence[Row], number: int) -> bool:
    """Whether an earlier row holds whenever this one does: a row from `*` is often there for the other states."""
    return any(set(row.when) <= set(rows[number].when) for row in rows[:number])


class Chance:
    """Makes the cases of one table."""

    def __init__(self, table: RuleTable, seed: int) -> None:
        self.table = table
        self.file = table.file
        self.rows = places(table.file)
        self.random = random.Random(seed)

    def cases(self) -> list[Case]:
        return [
            *(case for place in self.rows for case in self.around(place)),
            *(case for place in self.rows for case in self.at_random(place, 4)),
            *self.anywhere(2000),
            *self.unknown(),
        ]

    def values(self, place: Place) -> dict[str, list[Value]]:
        """By fact that a guard asks for there: values near its constants."""
        constants: dict[str, list[Any]] = defaultdict(list)
        for row in self.rows[place]:
            for name, _, value in row.when:
                constants[name].append(value)
        return {name: near(self.file.facts[name], found) for name, found in constants.items()}

    def around(self, place: Place) -> Iterator[Case]:
        """Each row holds; then one of its guards after the other sees every value, while the rest still holds."""
        values = self.values(place)
        for number, row in enumerate(self.rows[place]):
            for _ in range(2):
                facts = self.holding(place, number, values)
                yield Case(*place, facts)
                for name, _, _ in row.when:
                    for value in values[name]:
                        yield from self.told_apart(place, number, values, {name: value})

    def told_apart(
        self, place: Place, number: int, values: Mapping[str, list[Value]], change: Mapping[str, Value]
    ) -> tuple[Case, Case]:
        """Two cases that differ by that change alone: judged differently, and by no row before this one, where that
        can be."""
        before = self.rows[place][:number]
        for _ in range(40):
            facts = self.holding(place, number, values)
            changed = {**facts, **change}
            if self.judged(place, facts) != self.judged(place, changed) and not any_holds(before, changed):
                break
        return Case(*place, facts), Case(*place, changed)

    def judged(self, place: Place, facts: Mapping[str, Value]) -> Allowed | Refused:
        return self.table.judge(*place, {**self.table.usual, **facts})

    def holding(self, place: Place, number: int, values: Mapping[str, list[Value]]) -> dict[str, Value]:
        """Facts by which that row holds, and none before it where that can be."""
        rows = self.rows[place]
        wanted = {guard[0]: [one for one in values[guard[0]] if holds(guard, one)] for guard in rows[number].when}
        for _ in range(1000):
            facts = {name: self.random.choice(wanted.get(name, found)) for name, found in values.items()}
            if taken(rows, number) or not any_holds(rows[:number], facts):
                return facts
        raise AssertionError(f"row {number} of {place} never wins")

    def at_random(self, place: Place, count: int) -> Iterator[Case]:
        """Several guards fail at once: which one is named?"""
        values = self.values(place)
        for _ in range(count):
            yield Case(*place, {name: self.random.choice(found) for name, found in values.items()})

    def anywhere(self, count: int) -> Iterator[Case]:
        """Any act in any state, with every fact of the table by chance."""
        for _ in range(count):
            name, machine = self.random.choice(list(self.file.machines.items()))
            state = self.random.choice([machine.initial, *machine.states])
            facts = {fact: self.random.choice(near(known, [0, 1])) for fact, known in self.file.facts.items()}
            yield Case(name, state, self.random.choice(list(self.file.acts)), facts)

    def unknown(self) -> Iterator[Case]:
        """Words that the table does not have, some of which every JavaScript object has."""
        for machine, state, act in self.random.sample(list(self.rows), 20):
            for word in WORDS_OF_NOBODY:
                yield Case(word, state, act, {})
                yield Case(machine, word, act, {})
                yield Case(machine, state, word, {})


@cache
def made(version: int) -> list[Case]:
    return Chance(rules.load(version), SEED).cases()


def by_the_centre(table: RuleTable, case: Case) -> dict[str, Any] | None:
    """None: the table has no such word, or none for the refusal."""
    try:
        judged = table.judge(*case.place, {**table.usual, **case.facts})
        lands = table.lands(case.machine, case.act, case.state)
        if isinstance(judged, Allowed):
            return {"to": judged.to, "lands": lands}
        title, detail = table.refusal(judged.reason, *case.place)
    except UnknownWord:
        return None
    return {"reason": judged.reason, "lands": lands, "title": title, "detail": detail}


def asked_both(table: RuleTable, file: Path, cases: Sequence[Case]) -> None:
    """Asks both, and fails with the first difference."""
    asked = ({"ask": "judge", "file": str(file), **msgspec.structs.asdict(case)} for case in cases)
    for case, said in zip(cases, ask(asked), strict=True):
        centre, phone = by_the_centre(table, case), said.get("answer")
        assert phone == centre, f"RULES_SEED={SEED}, version {table.version}, first difference: {case}"


@pytest.mark.parametrize("version", rules.versions())
def test_centre_and_phone_judge_alike_land_alike_and_refuse_in_the_same_words(version: int) -> None:
    cases = made(version)
    assert len(cases) >= 20_000
    asked_both(rules.load(version), rules.FOLDER / f"{version:04}.json", cases)


def test_a_table_with_operators_that_none_shipped_has_is_read_alike_too(tmp_path: Path) -> None:
    """The next version may use them."""
    shipped, chance = rules.load(rules.current()).file, random.Random(SEED)
    machines = {
        name: replace(machine, rows=tuple(written_otherwise(row, shipped, chance) for row in machine.rows))
        for name, machine in shipped.machines.items()
    }
    table = RuleTable(replace(shipped, machines=machines), b"")
    used = {op for machine in machines.values() for row in machine.rows for _, op, _ in row.when}
    assert used == TESTS.keys()
    file = tmp_path / "table.json"
    file.write_bytes(msgspec.json.encode(table.file))
    cases = Chance(table, SEED)
    asked_both(table, file, [case for place in cases.rows for case in cases.at_random(place, 4)])


def written_otherwise(row: Row, file: RuleFile, chance: random.Random) -> Row:
    slips = [(guard, *otherwise(guard, file.facts[guard[0]])) for guard in row.when]
    return replace(row, when=tuple(chance.choice(written) for written in slips))


@pytest.mark.parametrize("version", rules.versions())
def test_every_row_wins_wherever_it_can_and_fails_by_each_of_its_guards(version: int) -> None:
    won: set[tuple[Place, int]] = set()
    failed: set[tuple[Place, int, int]] = set()
    rows = places(rules.load(version).file)
    for case in made(version):
        open_yet = True
        for number, row in enumerate(rows.get(case.place, ())):
            guard = first_failing(row, case.facts)
            if guard is not None:
                failed.add((case.place, number, guard))
            elif open_yet:
                won.add((case.place, number))
                open_yet = False
    assert won == {
        (place, number) for place, found in rows.items() for number in range(len(found)) if not taken(found, number)
    }, SEED
    assert {(place[0], rows[place][number]) for place, number in won} == {
        (place[0], row) for place, found in rows.items() for row in found
    }, SEED
    assert failed == {
        (place, number, guard)
        for place, found in rows.items()
        for number, row in enumerate(found)
        for guard in range(len(row.when))
    }, SEED


def otherwise(guard: Guard, fact: Fact) -> Iterator[Guard]:
    """The guard with a slip of the pen: another operator, another constant."""
    name, op, value = guard
    if op == "in":
        yield from ((name, op, tuple(one for one in value if one != left)) for left in value)
        yield name, op, fact.values
    elif fact.type == "integer":
        yield from ((name, other, value) for other in ("eq", "ne", "ge", "lt") if other != op)
        yield from ((name, op, value + step) for step in (-1, 1))
    else:
        yield name, "ne" if op == "eq" else "eq", value
        yield from ((name, op, other) for other in near(fact, ()) if other != value)


def only(file: RuleFile, machine: str, act: str, rows: Sequence[Row]) -> RuleTable:
    """A table with these rows for the act, and no others."""
    place = replace(file.machines[machine], rows=tuple(rows), lands={})
    return RuleTable(replace(file, machines={machine: place}), b"")


@pytest.mark.parametrize("version", rules.versions())
def test_the_cases_notice_every_guard_that_would_be_read_otherwise(version: int) -> None:
    """Else an engine with a wrong operator could pass."""
    table = rules.load(version)
    cases: dict[tuple[str, str], list[Case]] = defaultdict(list)
    for case in Chance(table, 1).cases():
        cases[case.machine, case.act].append(case)
    unnoticed: list[tuple[str, Row, Guard]] = []
    for name, machine in table.file.machines.items():
        for act in sorted({row.act for row in machine.rows}):
            rows = [row for row in machine.rows if row.act == act]
            asked = [
                (case, {**table.usual, **case.facts})
                for case in cases[name, act]
                if case.state in machine.states or case.state == machine.initial
            ]
            right = [table.judge(*case.place, facts) for case, facts in asked]
            for at, row in enumerate(rows):
                for number, guard in enumerate(row.when):
                    for slip in otherwise(guard, table.file.facts[guard[0]]):
                        when = (*row.when[:number], slip, *row.when[number + 1 :])
                        wrong = only(table.file, name, act, [*rows[:at], replace(row, when=when), *rows[at + 1 :]])
                        if all(
                            wrong.judge(*case.place, facts) == was
                            for (case, facts), was in zip(asked, right, strict=True)
                        ):
                            unnoticed.append((name, row, slip))
    assert not unnoticed, unnoticed[:3]
