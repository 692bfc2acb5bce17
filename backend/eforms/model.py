"""A form, what was filled in, and the one form of its bytes. Pure: no I/O.

What is signed is bound to the SHA-256 of exactly the version of the form, the values and where each came from. Their
bytes are those of RFC 8785 over texts in NFC: UTF-8, names in the order of their UTF-16 units, nothing between, nothing
escaped that need not be. All values are texts, so that no number is written in two ways.
"""

import json
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from hashlib import sha256

import msgspec


class SourceKind(StrEnum):
    """Where a value came from: the code on an identity card, the case, what was said aloud, another paper."""

    CARD = "card"
    CASE = "case"
    SAID = "said"
    PAPER = "paper"


class Source(msgspec.Struct, frozen=True):
    """One source that a field may be filled from. `field`: of the card, or of the `party` of the case. `component`: the
    paper that is copied. `usual`: what most people say."""

    kind: SourceKind = msgspec.field(name="from")
    field: str | None = None
    party: str | None = None
    component: str | None = None
    usual: str | None = None


class InWords(msgspec.Struct, frozen=True):
    vi: str
    en: str


class Field(msgspec.Struct, frozen=True):
    """`read`: how it is read aloud, where its title does not read well. `words`: of each choice."""

    type: str = msgspec.field(name="$ref")
    vi: str = msgspec.field(name="title")
    en: str = msgspec.field(name="x-en")
    sources: tuple[Source, ...] = msgspec.field(name="x-sources")
    read: str | None = msgspec.field(name="x-read", default=None)
    words: Mapping[str, InWords] | None = msgspec.field(name="x-words", default=None)


class Group(msgspec.Struct, frozen=True):
    """Fields that are asked together, in the order in which they are read."""

    code: str
    vi: str
    en: str
    fields: tuple[str, ...]


class Serves(msgspec.Struct, frozen=True):
    """A procedure, and which paper of its list the form is."""

    procedure: str
    document: str


class Form(msgspec.Struct, frozen=True):
    """A version of a form. `valid_until`: the first day on which it no longer holds. `recalled`: from memory."""

    version: str = msgspec.field(name="x-version")
    vi: str = msgspec.field(name="title")
    en: str = msgspec.field(name="x-en")
    serves: tuple[Serves, ...] = msgspec.field(name="x-serves")
    source: str = msgspec.field(name="x-source")
    recalled: bool = msgspec.field(name="x-recalled")
    groups: tuple[Group, ...] = msgspec.field(name="x-groups")
    fields: Mapping[str, Field] = msgspec.field(name="properties")
    valid_from: date | None = msgspec.field(name="x-valid-from", default=None)
    valid_until: date | None = msgspec.field(name="x-valid-until", default=None)

    def holds(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_until is None or on < self.valid_until
        )

    def is_for(self, procedure: str, document: str) -> bool:
        return Serves(procedure, document) in self.serves

    def in_order(self) -> Iterator[str]:
        """Names of the fields as they are read."""
        for group in self.groups:
            yield from group.fields


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """What was filled in: the value of each field that was asked, and where it came from. Whatever it says: what was
    read back to somebody was read back."""

    values: Mapping[str, str]
    sources: Mapping[str, str]


def canonical(form_version: str, filled: Filled) -> bytes:
    """The bytes that are hashed."""
    version, sources, values = _text(form_version), _texts(filled.sources), _texts(filled.values)
    return f'{{"form_version":{version},"sources":{sources},"values":{values}}}'.encode()


def content_sha256(form_version: str, filled: Filled) -> bytes:
    return sha256(canonical(form_version, filled)).digest()


def read(content: str) -> Filled:
    """From the canonical text, as it is kept."""
    return msgspec.json.decode(content, type=Filled)


def _texts(told: Mapping[str, str]) -> str:
    inside = sorted(told.items(), key=lambda item: item[0].encode("utf-16-be"))
    return "{" + ",".join(f"{_text(name)}:{_text(value)}" for name, value in inside) + "}"


def _text(value: str) -> str:
    return json.dumps(unicodedata.normalize("NFC", value), ensure_ascii=False)
