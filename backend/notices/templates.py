"""What is told when: one data file, read strictly, and a check that no message can break the rules of F17.

An SMS is one part of at most 160 plain characters, names nobody and no procedure, carries no long number, and an amount
only where it says what was recorded. A text is a row of variants: the first whose values are all known is sent, and the
last needs none. Pure but for reading the file.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import time
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Annotated, Literal

import msgspec

from backend.acts.rules import current, load
from backend.notices.model import Channel, Quiet

FILE = Path(__file__).with_name("templates.json")
LONGEST_SMS = 160
VALUES: Mapping[str, int] = {
    "day": 5,
    "window": 11,
    "stops": 2,
    "papers": 2,
    "amount": 13,
    "today": 13,
    "code": 4,
    "due": 5,
    "until": 5,
    "post": 40,
    "link": 64,
    "key": 6,
}
"""All that a text may be filled with, and how long each is at most: what is longer is not known. No name among them."""
PLAIN = frozenset(chr(code) for code in range(0x20, 0x7F)) - frozenset("`^{}[]\\~|")
"""Letters, figures and signs that GSM-7 has in one septet and ASCII too."""
ON_CASES = frozenset({"case", "incident"})
"""Subjects whose acts stand in the chain of a case: an incident's in those of all it touches."""
RECORDS = frozenset({"finish_visit"})
"""Acts after which the amount is told (F12)."""
REACH_THE_OWNER = RECORDS | {
    "fail_visit",
    "hand_over_result",
    "change_contact",
    "change_recipient",
    "change_address",
    "change_result_way",
}
"""Acts of which the owner hears, not only a browser: what was recorded (F12), what was changed in their name (F07)."""
_PHONE = "0277 1022"
_LONG_NUMBER = re.compile(r"\d(?:[ .]?\d){4,}")
_AMOUNT = re.compile(r"\d+ ?(?:d|đ|dong|đồng|vnd)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"https?:|www\.|[a-z]\.[a-z]{2,}\b|@", re.IGNORECASE)
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
Name = Annotated[str, msgspec.Meta(pattern="^[a-z_]{1,40}$")]


class BadTemplates(Exception):
    """The file of templates would let a message break a rule; the text names every template and what is wrong."""


class When(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An act that calls for the message. What is left out is not looked at.

    `enters`: the case came into one of these states by it. `purpose`, `place`: of its visit. `reason`: of the failure.
    `moved`: day or window of the appointment changed. `cause`: of an incident that a person reported: what a count or
    a bag brought to light is told to nobody before it is known what became of it (F04). `ending`: of an incident.
    `outcome`: of a visit that was finished.
    """

    act: Name
    enters: tuple[Name, ...] = ()
    purpose: tuple[Name, ...] = ()
    place: tuple[Name, ...] = ()
    reason: tuple[str, ...] = ()
    moved: bool = False
    cause: tuple[Name, ...] = ()
    ending: tuple[Name, ...] = ()
    outcome: tuple[Name, ...] = ()


class Due(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """So many days before the visit, at this hour in Việt Nam. Without it: at once."""

    days_before: Annotated[int, msgspec.Meta(ge=0, le=14)]
    at: time


class Life(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Measured from the act's own time (F24): so many minutes, or until the visit's window begins."""

    minutes: Annotated[int, msgspec.Meta(ge=1, le=60 * 24 * 30)] | None = None
    until: Literal["window"] | None = None


class Template(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`say`: what a person says who tells it by mouth.

    It is true while the case is in one of `true_in` (any, if empty), its visit in one of `visit_in`, and the
    appointment `stands` or `fell`, and until one of `replaced_by` follows for the case.
    `duty`: whoever cannot be reached by message is told by a person (F03).
    `asked`: somebody waits for it, so that it goes at night too and whatever the citizen chose (F24).
    `once_a_visit`: a household with one phone hears it once. `tells_amount`: the one exception of F17.
    `owner_too`: it goes to the contact on file also where a browser got it: whoever holds the link has that browser.
    """

    name: Name
    vi: Text
    en: Text
    say: Text
    when: Annotated[tuple[When, ...], msgspec.Meta(min_length=1)]
    due: Due | None = None
    life: Life
    true_in: tuple[Name, ...] = ()
    visit_in: tuple[Name, ...] = ()
    appointment: Literal["stands", "fell"] | None = None
    replaced_by: tuple[Name, ...] = ()
    duty: bool = False
    asked: bool = False
    once_a_visit: bool = False
    tells_amount: bool = False
    owner_too: bool = False
    channels: Annotated[tuple[Channel, ...], msgspec.Meta(min_length=1)]
    sms: Annotated[tuple[Text, ...], msgspec.Meta(min_length=1)]
    email: tuple[Text, ...]


class Templates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file."""

    version: Literal[1]
    quiet: Quiet
    templates: tuple[Template, ...]

    @property
    def by_name(self) -> dict[str, Template]:
        return {template.name: template for template in self.templates}

    def line_of(self, template: Template) -> str | None:
        """The last of the templates that replace each other, if it is one of them."""
        replaced = {name for one in self.templates for name in one.replaced_by}
        if not template.replaced_by:
            return template.name if template.name in replaced else None
        return self.line_of(self.by_name[template.replaced_by[0]])

    @property
    def kinds(self) -> frozenset[str]:
        """All acts that may call for a message."""
        return frozenset(when.act for template in self.templates for when in template.when)


@cache
def templates() -> Templates:
    """The file of this version. Raises BadTemplates."""
    return read(FILE.read_bytes())


def read(data: bytes) -> Templates:
    """Raises BadTemplates."""
    try:
        found = msgspec.json.decode(data, type=Templates)
    except msgspec.MsgspecError as error:
        raise BadTemplates(str(error)) from error
    names = [template.name for template in found.templates]
    wrong = [f"{name}: stands there twice" for name in sorted({one for one in names if names.count(one) > 1})]
    for template in found.templates:
        wrong += [f"{template.name}: {what}" for what in _wrong(template)]
        wrong += [f"{template.name}: there is no template {one}" for one in template.replaced_by if one not in names]
    if wrong:
        raise BadTemplates("\n".join(wrong))
    return found


def _wrong(template: Template) -> Iterator[str]:
    yield from _wrong_conditions(template)
    yield from _wrong_ways(template)
    for text in template.sms:
        yield from _wrong_text(template, text)
        if not PLAIN.issuperset(bare := Formatter().vformat(text, (), _nothing(text))):
            yield f"{text!r} has signs an SMS has no room for: {sorted(set(bare) - PLAIN)}"
        if (length := longest(text)) > LONGEST_SMS:
            yield f"{text!r} may grow to {length} characters"
    for text in template.email:
        yield from _wrong_text(template, text)
    for texts in filter(None, (template.sms, template.email)):
        if values_of(texts[-1]) - ({"key"} if template.asked else set()):
            yield "its last variant must need no value, so that there always is one"


def _wrong_conditions(template: Template) -> Iterator[str]:
    rules = load(current()).file
    for when in template.when:
        if when.act not in rules.acts or rules.acts[when.act].subject not in ON_CASES:
            yield f"{when.act} is no act on a case"
        if unknown := set(when.enters) - set(rules.machines["case"].states):
            yield f"a case is never {sorted(unknown)}"
    if unknown := set(template.true_in) - set(rules.machines["case"].states):
        yield f"a case is never {sorted(unknown)}"
    if unknown := set(template.visit_in) - set(rules.machines["visit"].states):
        yield f"a visit is never {sorted(unknown)}"
    if (template.life.minutes is None) == (template.life.until is None):
        yield "its life is so many minutes, or until the window"
    if template.tells_amount and any(when.act not in RECORDS for when in template.when):
        yield "an amount is told only where it says what was recorded"


def _wrong_ways(template: Template) -> Iterator[str]:
    if ("email" in template.channels) != bool(template.email):
        yield "an e-mail needs its texts, and texts of an e-mail the channel"
    if "push" not in template.channels:
        return
    if template.asked:
        yield "what somebody waits for is never pushed: it proves who reads it"
    if template.channels == ("push",):
        yield "whoever has no browser needs another channel"
    if not template.owner_too and any(when.act in REACH_THE_OWNER for when in template.when):
        yield "the owner hears of it too, not only a browser"


def _wrong_text(template: Template, text: str) -> Iterator[str]:
    named = values_of(text)
    if unknown := named - VALUES.keys():
        yield f"{text!r} names {sorted(unknown)}"
        return
    if "amount" in named and not template.tells_amount:
        yield f"{text!r} tells an amount"
    literal = Formatter().vformat(text, (), _nothing(text)).replace(_PHONE, "")
    for what, pattern in (("a long number", _LONG_NUMBER), ("an amount", _AMOUNT), ("an address", _ADDRESS)):
        if pattern.search(literal):
            yield f"{text!r} has {what} in it"


def values_of(text: str) -> frozenset[str]:
    """The values a text names."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def _nothing(text: str) -> dict[str, str]:
    return dict.fromkeys(values_of(text), "")


def longest(text: str) -> int:
    """Characters of a text when every value is as long as it can be."""
    return len(text.format(**{name: "x" * VALUES.get(name, 0) for name in values_of(text)}))
