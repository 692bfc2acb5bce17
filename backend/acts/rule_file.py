"""A rule file as it is written: its shape, decoded strictly. What it means is said in `rules`."""

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec

Value = bool | int | str
Op = Literal["eq", "ne", "in", "ge", "lt"]
Word = Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9_]*$", max_length=40)]
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One fact a guard may ask for. `usual`: its value when nothing has happened yet; `of`: what it is asked of."""

    type: Literal["boolean", "integer", "enum"]
    usual: Value
    of: Literal["case", "visit", "act", "actor", "thing", "shift"]
    meaning: Text
    values: tuple[Word, ...] = ()


class ActRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of act: who may do it, on what it is recorded, which machines it moves (the first leads)."""

    kind: Literal["fact", "request"]
    subject: Word
    machines: tuple[Word, ...]
    roles: tuple[Word, ...]
    vi: Text
    en: Text
    touches: tuple[Word, ...] = ()
    """Fields for the search of conflicts; only requests touch any."""
    money: bool = False
    custody: bool = False
    decision: bool = False
    """Refuses, waives, exempts, approves or decides on content: for `deciders` only (F14)."""
    through: bool = False
    """A request on a case that goes on while an exception is open."""

    @property
    def fact(self) -> bool:
        """It happened: it may open an exception, it is never refused for state."""
        return self.kind == "fact"


class Name(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    vi: Text
    en: Text


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"sources": "from"}):
    """`to` None: the machine stays where it is."""

    act: Word
    sources: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    to: Word | None
    when: tuple[tuple[Word, Op, Value | tuple[Value, ...]], ...] = ()


class Machine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`lands`: act -> state it lands in -> the states it lands there from."""

    vi: Text
    en: Text
    initial: Word
    states: dict[Word, Name]
    rows: tuple[Row, ...]
    lands: dict[Word, dict[Word, tuple[Word, ...]]]

    def sources(self, row: Row) -> Iterator[str]:
        """The states a row starts from, `*` written out."""
        for state in row.sources:
            if state == "*":
                yield from self.states
            else:
                yield state


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A refusal in Vietnamese: what is wrong, and what to do next."""

    title: Text
    detail: Text


class RuleFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule file as it is written."""

    version: Annotated[int, msgspec.Meta(ge=1, le=9999)]
    roles: tuple[Word, ...]
    deciders: tuple[Word, ...]
    subjects: tuple[Word, ...]
    fields: tuple[Word, ...]
    facts: dict[Word, Fact]
    acts: dict[Word, ActRule]
    machines: dict[Word, Machine]
    refusals: dict[str, Words]


def typed(fact: Fact, value: object) -> bool:
    """Whether `value` is one that `fact` may have. A boolean is no integer."""
    if fact.type == "boolean":
        return isinstance(value, bool)
    if fact.type == "integer":
        return isinstance(value, int) and not isinstance(value, bool) and -(2**31) <= value < 2**31
    return isinstance(value, str) and value in fact.values
