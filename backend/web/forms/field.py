"""What a form asks, and what came back. Pure: no I/O."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec

from backend.errors import Invalid
from backend.ids import uuid7
from backend.text import gate
from backend.web.words import Words

Kind = Literal["text", "number", "select", "radio", "checks", "textarea", "scan", "picture", "hidden", "told"]
_DONG = str.maketrans("", "", ". \u00a0đ")


class FilledWrong(Invalid):
    """Ô nhập chưa đúng."""


class Option(msgspec.Struct, frozen=True):
    """`under`: the heading of those next to each other that have the same."""

    value: str
    words: Words
    under: Words | None = None


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """`value`: what stands there when it is drawn; several, one a line, for `checks`. `told`: its options
    are only read, nothing comes back."""

    name: str
    words: Words
    kind: Kind = "text"
    value: str = ""
    options: Sequence[Option] = ()
    required: bool = True
    hint: Words | None = None
    group: str = ""
    """Fields of one group stand in one row."""
    part: Words | None = None
    """Fields of one part stand behind its heading, which opens."""


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """One act that could be made. `act`: its id, made when the form was drawn: two clicks are one act.

    `main`: it brings the case further; others are there if needed.
    `tried`: answers that a clerk might give, to ask the rules before anybody has answered. `tries_personal`: those that
    are personal are asked about too, because nothing is done without them.
    """

    kind: str
    title: Words
    button: Words | None = None
    """What it says, if not the title."""
    fields: Sequence[Field] = ()
    note: Words | None = None
    main: bool = True
    act: UUID = msgspec.field(default_factory=uuid7)
    tried: Mapping[str, str] = {}
    tries_personal: bool = False

    def as_tried(self) -> "Filled":
        """As if it were sent as it is drawn."""
        values = {field.name: field.value.splitlines() for field in self.fields}
        return Filled(values | {name: text.splitlines() for name, text in self.tried.items()})


class Written(msgspec.Struct, frozen=True):
    """An act as a form says it: the body, and what is personal in it."""

    body: dict[str, Any]
    personal: dict[str, Any] | None = None
    others: Mapping[UUID, dict[str, Any]] = {}
    """Bodies of the same act on other cases of the household: all of them take effect, or none."""


class Filled:
    """The answers, by name of the field. Every text passes the text gate. Raises FilledWrong, naming the field."""

    def __init__(self, values: Mapping[str, Sequence[str]]) -> None:
        self._values = values

    def maybe(self, name: str, *, longest: int = 400, lines: bool = False) -> str | None:
        """None when nothing was entered."""
        text = next(iter(self._values.get(name, ())), "")
        text = gate(text, pointer=f"/{name}", lines=lines).strip()
        if len(text) > longest:
            raise FilledWrong(f"Ô này ghi nhiều nhất {longest} chữ. Rút ngắn rồi gửi lại.", pointer=f"/{name}")
        return text or None

    def text(self, name: str, *, longest: int = 400) -> str:
        found = self.maybe(name, longest=longest)
        if found is None:
            raise FilledWrong("Ô này chưa có gì. Điền vào rồi gửi lại.", pointer=f"/{name}")
        return found

    def choice(self, name: str, among: Iterable[str]) -> str:
        found = self.text(name)
        if found not in set(among):
            raise FilledWrong("Chọn một mục trong danh sách rồi gửi lại.", pointer=f"/{name}")
        return found

    def maybe_choice(self, name: str, among: Iterable[str]) -> str | None:
        """None when nothing was chosen."""
        return None if self.maybe(name) is None else self.choice(name, among)

    def many(self, name: str) -> list[str]:
        return [text for text in self._values.get(name, ()) if text]

    def whole(self, name: str, *, least: int = 0, most: int = 1_000_000_000) -> int:
        """A number; in sums of money dots between thousands do no harm."""
        text = self.text(name).translate(_DONG)
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            raise FilledWrong(f"Ghi một số từ {least} đến {most} rồi gửi lại.", pointer=f"/{name}")
        return int(text)

    def moment(self, name: str) -> datetime | None:
        """None when none was chosen."""
        text = self.maybe(name)
        try:
            found = None if text is None else datetime.fromisoformat(text)
            if found is None or found.tzinfo is not None:
                return found
        except ValueError:
            pass
        raise FilledWrong("Chọn một lúc trong danh sách rồi gửi lại.", pointer=f"/{name}")

    def id(self, name: str) -> UUID:
        try:
            return UUID(self.text(name))
        except ValueError:
            raise FilledWrong("Chọn một mục trong danh sách rồi gửi lại.", pointer=f"/{name}") from None


def on_file(known: object, *names: str) -> dict[str, str]:
    """What a form that changes something has in its fields when it is drawn; nothing of what is not known yet."""
    return {name: getattr(known, name, None) or "" for name in names}


def options(words: Mapping[Any, Words]) -> tuple[Option, ...]:
    return tuple(Option(str(code), said) for code, said in words.items())


def optional(nothing: Words, words: Mapping[str, Words]) -> tuple[Option, ...]:
    """Each with a capital, behind the one that leaves it open."""
    said = (Option(code, Words(one.vi[:1].upper() + one.vi[1:], one.en)) for code, one in words.items())
    return (Option("", nothing), *said)


def hidden(name: str, value: object) -> Field:
    """What the form itself is about."""
    return Field(name=name, words=Words("", ""), kind="hidden", value=str(value))


def note_field(*, required: bool = False) -> Field:
    """Free words, which are personal: they go into the sealed part of the act."""
    return Field(name="note", words=Words("Ghi chú", "Note"), kind="textarea", required=required)


def with_note(body: dict[str, Any], filled: Filled) -> Written:
    note = filled.maybe("note", longest=2000, lines=True)
    return Written(body, None if note is None else {"note": note})
