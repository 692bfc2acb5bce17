"""The procedures that come with the product: `data/procedures.json`, samples until the province publishes its own.

Codes and names were seen in lists of other provinces; what is from memory is named by `recalled`. Fees are those of
other provinces: the People's Council of Đồng Tháp sets its own. Who publishes an official version closes the sample,
and loading the file again leaves alone whatever holds on those days.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib import resources
from itertools import combinations
from typing import Any

import msgspec
from msgspec.structs import replace

from backend.ids import derived
from backend.procedures.checking import Wrong, wrong_in, wrong_in_content
from backend.procedures.model import Agency, Content, FeeLine, LegalBasis, Line, ProcedureCode, ProcedureVersion


class SeedBroken(ValueError):
    """The file cannot be loaded; the message names every bad field."""


class Told(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A version as the file tells it: as in the model, without id, and never official."""

    code: ProcedureCode
    valid_from: date | None = None
    valid_until: date | None = None
    name: Line
    name_en: Line | None = None
    field: Line | None = None
    agency: Agency | None = None
    legal_basis: tuple[LegalBasis, ...] = ()
    recalled: tuple[str, ...] = ()
    source: Line
    content: Content


class File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`postage`: the post's price of one item, a sample too; it stands under every procedure that tells its fees."""

    about: Line
    postage: FeeLine
    procedures: tuple[Told, ...]


@cache
def samples() -> tuple[ProcedureVersion, ...]:
    """Of the product's own file."""
    return read(resources.files("backend.procedures").joinpath("data", "procedures.json").read_text(encoding="utf-8"))


def read(text: str) -> tuple[ProcedureVersion, ...]:
    """Versions whose ids are the same in every installation. Raises SeedBroken."""
    if wrong := check(text):
        raise SeedBroken("\n".join(f"{one.pointer}: {one.why}" for one in wrong))
    file = msgspec.json.decode(text, type=File)
    return tuple(_version(told, file.postage) for told in file.procedures)


def check(text: str) -> list[Wrong]:
    """Every bad field of the file."""
    try:
        raw: Any = msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        return [Wrong("", f"Không phải JSON: {error}")]
    if wrong := list(wrong_in(raw, File)):
        return wrong
    return list(_wrong_together(msgspec.json.decode(text, type=File)))


def _version(told: Told, postage: FeeLine) -> ProcedureVersion:
    content = told.content
    if content.fees is not None:
        content = replace(content, fees=(*content.fees, postage))
    return ProcedureVersion(
        id=derived("procedure", told.code, told.valid_from.isoformat() if told.valid_from else ""),
        code=told.code,
        valid_from=told.valid_from,
        valid_until=told.valid_until,
        name=told.name,
        name_en=told.name_en,
        field=told.field,
        agency=told.agency,
        official=False,
        legal_basis=told.legal_basis,
        recalled=told.recalled,
        source=told.source,
        content=content,
    )


def _wrong_together(file: File) -> Iterator[Wrong]:
    """Fields that do not fit each other, and versions that do not."""
    codes = {told.code for told in file.procedures}
    for place, told in enumerate(file.procedures):
        pointer = f"/procedures/{place}"
        yield from wrong_in_content(_version(told, file.postage).content, f"{pointer}/content")
        if (told.valid_from or date.min) >= (told.valid_until or date.max):
            yield Wrong(f"{pointer}/valid_until", "Ngày hết phải sau ngày bắt đầu.")
        for number, code in enumerate(told.content.linked):
            if code not in codes:
                yield Wrong(f"{pointer}/content/linked/{number}", f"Không có thủ tục {code} trong tệp.")
        for number, field in enumerate(told.recalled):
            if field not in {*Told.__struct_fields__, *Content.__struct_fields__}:
                yield Wrong(f"{pointer}/recalled/{number}", f"Không có mục {field}.")
    for (_, one), (later, other) in combinations(enumerate(file.procedures), 2):
        if one.code == other.code and _meet(one, other):
            yield Wrong(f"/procedures/{later}/valid_from", f"Hai bản của {one.code} trùng ngày.")


def _meet(one: Told, other: Told) -> bool:
    start = max(one.valid_from or date.min, other.valid_from or date.min)
    return start < min(one.valid_until or date.max, other.valid_until or date.max)
