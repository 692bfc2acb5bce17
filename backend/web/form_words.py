"""A filled form as an officer reads it: in groups, each value in words, with where it came from. Pure: no I/O."""

from collections.abc import Iterator, Mapping
from hashlib import sha256

import msgspec

from backend.eforms import service as eforms
from backend.eforms.model import Field, Filled, Form, SourceKind, read
from backend.web.people_views import ReadingView
from backend.web.words import Words

SOURCES = {
    SourceKind.CARD: Words("từ thẻ căn cước", "from the identity card"),
    SourceKind.CASE: Words("từ hồ sơ", "from the case"),
    SourceKind.SAID: Words("nghe nói", "said aloud"),
    SourceKind.PAPER: Words("chép từ giấy", "copied from a paper"),
}
_DAYS = ("#/$defs/date", "#/$defs/born")


class Told(msgspec.Struct, frozen=True):
    """One line: what was asked, what was answered, and from where."""

    asked: Words
    answered: Words
    source: Words


class Part(msgspec.Struct, frozen=True):
    title: Words
    lines: tuple[Told, ...]


class Shown(msgspec.Struct, frozen=True):
    """`as_hashed`: it is what the reading says that was read. `parts`: as the form is read; what the form does not
    know, or all where nobody knows the form, stands under the names it came with."""

    title: Words
    as_hashed: bool
    parts: tuple[Part, ...]


def shown(reading: ReadingView) -> Shown | None:
    """None where nothing was told of what was filled in."""
    if reading.content is None:
        return None
    form, filled = eforms.find_form(reading.form_version), read(reading.content)
    return Shown(
        title=Words(form.vi, form.en) if form is not None else Words("Tờ khai", "Form"),
        as_hashed=sha256(reading.content.encode()).hexdigest() == reading.content_sha256,
        parts=tuple(part for part in _parts(form, filled) if part.lines),
    )


def _parts(form: Form | None, filled: Filled) -> Iterator[Part]:
    known: Mapping[str, Field] = form.fields if form is not None else {}
    for group in form.groups if form is not None else ():
        lines = (_line(filled, name, known[name]) for name in group.fields if name in filled.values)
        yield Part(Words(group.vi, group.en), tuple(lines))
    others = (_line(filled, name, None) for name in sorted(filled.values.keys() - known.keys()))
    yield Part(Words("Ô khác", "Other fields"), tuple(others))


def _line(filled: Filled, name: str, field: Field | None) -> Told:
    value, source = filled.values[name], filled.sources.get(name)
    asked = Words(field.vi, field.en) if field is not None else Words(name, name)
    said = SOURCES[SourceKind(source)] if source in frozenset(SOURCES) else Words("không rõ", "unknown")
    return Told(asked, _answered(field, value), said)


def _answered(field: Field | None, value: str) -> Words:
    if field is not None and field.words and value in field.words:
        return Words(field.words[value].vi, field.words[value].en)
    if field is not None and field.type in _DAYS:
        value = "/".join(reversed(value.split("-")))
    return Words(value, value)
