"""What is wrong with a version, or with a file of them: every field by name, not only the first. Pure: no I/O."""

import types
import typing
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, cast

import msgspec

from backend.procedures.model import Component, Content, FeeLine, OriginalFate, PaperForm, TimeKind, TimeLimit


class Wrong(msgspec.Struct, frozen=True, order=True):
    """`pointer`: a JSON pointer to the field. `why`: a sentence in Vietnamese."""

    pointer: str
    why: str


def wrong_in(raw: object, kind: Any, pointer: str = "") -> Iterator[Wrong]:
    """Where `raw`, as JSON gives it, does not fit the type: fields lacking, fields nobody knows, values of another
    kind. Goes on after each."""
    struct = _struct(kind, raw)
    item = _item(kind, raw)
    if struct is not None:
        yield from _wrong_in_struct(cast("dict[str, Any]", raw), struct, pointer)
    elif item is not None:
        for place, one in enumerate(cast("list[Any]", raw)):
            yield from wrong_in(one, item, f"{pointer}/{place}")
    else:
        try:
            msgspec.convert(raw, kind)
        except msgspec.ValidationError as error:
            yield Wrong(pointer, f"Giá trị {raw!r} không dùng được: {error}")


def _wrong_in_struct(raw: dict[str, Any], struct: type[msgspec.Struct], pointer: str) -> Iterator[Wrong]:
    fields = {field.encode_name: field for field in msgspec.structs.fields(struct)}
    yield from (
        Wrong(f"{pointer}/{name}", "Không có mục này. Xem lại cách viết.") for name in raw if name not in fields
    )
    for name, field in fields.items():
        if name in raw:
            yield from wrong_in(raw[name], field.type, f"{pointer}/{name}")
        elif field.required:
            yield Wrong(f"{pointer}/{name}", "Thiếu mục này.")


def _kinds(kind: Any) -> tuple[Any, ...]:
    return typing.get_args(kind) if typing.get_origin(kind) in {types.UnionType, typing.Union} else (kind,)


def _struct(kind: Any, raw: object) -> type[msgspec.Struct] | None:
    found = [one for one in _kinds(kind) if isinstance(one, type) and issubclass(one, msgspec.Struct)]
    return found[0] if found and isinstance(raw, dict) else None


def _item(kind: Any, raw: object) -> Any:
    found = [typing.get_args(one)[0] for one in _kinds(kind) if typing.get_origin(one) is tuple]
    return found[0] if found and isinstance(raw, list) else None


def wrong_in_content(content: Content, pointer: str = "") -> Iterator[Wrong]:
    """What no type can say: tiers that leave a gap, a code twice, a time without a number."""
    yield from _repeated([one.code for one in content.components or ()], f"{pointer}/components")
    yield from _repeated([one.code for one in content.fees or ()], f"{pointer}/fees")
    for place, component in enumerate(content.components or ()):
        yield from _wrong_in_component(component, f"{pointer}/components/{place}")
    for place, line in enumerate(content.fees or ()):
        yield from _wrong_in_line(line, f"{pointer}/fees/{place}")
    if content.time is not None:
        yield from _wrong_in_time(content.time, f"{pointer}/time")
    if content.home is False and content.home_models:
        yield Wrong(f"{pointer}/home_models", "Thủ tục không làm tại nhà thì không có mô hình. Bỏ mục này.")


def _repeated(codes: Sequence[str], pointer: str) -> Iterator[Wrong]:
    for place, code in enumerate(codes):
        if code in codes[:place]:
            yield Wrong(f"{pointer}/{place}/code", f"Mã {code} đã dùng ở mục trước. Đặt mã khác.")


def _wrong_in_component(component: Component, pointer: str) -> Iterator[Wrong]:
    if component.forms == ():
        yield Wrong(f"{pointer}/forms", "Ghi ít nhất một dạng được nhận; chưa biết thì bỏ cả mục.")
    not_asked = component.original is OriginalFate.NOT_ASKED
    if not_asked and component.forms is not None and PaperForm.IN_DATABASE not in component.forms:
        yield Wrong(f"{pointer}/forms", "Giấy tờ không yêu cầu thì phải có dạng in_database.")
    if not_asked and (component.originals or component.copies):
        yield Wrong(f"{pointer}/originals", "Giấy tờ không yêu cầu thì không đếm bản. Ghi 0.")
    if component.photograph and component.original is not OriginalFate.HANDED_BACK:
        yield Wrong(f"{pointer}/photograph", "Chỉ chụp bản chính xem rồi trả lại. Bỏ mục này.")


def _wrong_in_line(line: FeeLine, pointer: str) -> Iterator[Wrong]:
    firsts = [tier.first for tier in line.tiers or ()]
    if line.tiers is not None and firsts[:1] != [1]:
        yield Wrong(f"{pointer}/tiers", "Bậc đầu tiên tính từ đơn vị thứ 1. Chưa biết mức thu thì bỏ cả mục.")
    if any(later <= earlier for earlier, later in pairwise(firsts)):
        yield Wrong(f"{pointer}/tiers", "Các bậc phải tăng dần.")
    if line.minimum is not None and line.cap is not None and line.minimum > line.cap:
        yield Wrong(f"{pointer}/minimum", "Mức tối thiểu lớn hơn mức tối đa.")
    if line.per == line.unit:
        yield Wrong(f"{pointer}/per", "Đơn vị nhân phải khác đơn vị tính.")
    yield from _repeated([relief.code for relief in line.reliefs], f"{pointer}/reliefs")
    for place, relief in enumerate(line.reliefs):
        if (relief.valid_from or date.min) >= (relief.valid_until or date.max):
            yield Wrong(f"{pointer}/reliefs/{place}/valid_until", "Ngày hết phải sau ngày bắt đầu.")


def _wrong_in_time(limit: TimeLimit, pointer: str) -> Iterator[Wrong]:
    in_day = limit.kind is TimeKind.IN_DAY
    if in_day and (limit.count is not None or limit.cut_off is None):
        yield Wrong(f"{pointer}/cut_off", "Giải quyết trong ngày thì ghi giờ nhận muộn nhất, không ghi số ngày.")
    if not in_day and (limit.count is None or limit.cut_off is not None):
        yield Wrong(f"{pointer}/count", "Ghi số ngày, không ghi giờ nhận muộn nhất.")
    if limit.longer is None and limit.longer_when is not None:
        yield Wrong(f"{pointer}/longer", "Ghi thêm bao nhiêu ngày trong trường hợp đó.")
