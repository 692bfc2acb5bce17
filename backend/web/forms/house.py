"""The fields that say where a house is (F26): there are few house numbers, so hamlet, landmark and the way count."""

import re
from collections.abc import Sequence

from backend.web.forms.field import Field, Filled, FilledWrong, Option, on_file, optional
from backend.web.place_words import ACCESS, House
from backend.web.words import Words

_LONGEST = 400
_MARK = re.compile(r"(-?[0-9]{1,2}(?:[.][0-9]{1,8})?)[,;\s]+(-?[0-9]{1,3}(?:[.][0-9]{1,8})?)", re.ASCII)


def house_fields(known: House | None = None) -> tuple[Field, ...]:
    """`known`: what is on file now."""
    now = on_file(known, "address", "hamlet", "landmark", "access")
    return (
        Field(
            name="address",
            words=Words("Số nhà, đường, tổ", "House number, street, group"),
            required=False,
            value=now["address"],
            hint=Words("nếu có, như Số 12, tổ 3", "if there is one"),
            group="house",
        ),
        Field(
            name="hamlet",
            words=Words("Ấp, khóm", "Hamlet"),
            value=now["hamlet"],
            required=False,
            group="house",
        ),
        Field(
            name="landmark",
            words=Words("Mốc gần nhà, cách đi", "Landmark, and how to get there"),
            required=False,
            value=now["landmark"],
            hint=Words("như qua cầu sắt, nhà thứ hai bên trái", "such as: over the iron bridge, second on the left"),
        ),
        Field(
            name="access",
            words=Words("Đến bằng", "One gets there"),
            kind="select",
            required=False,
            value=now["access"],
            options=optional(Words("Chưa rõ", "Not known"), ACCESS),
        ),
    )


def commune_field(communes: Sequence[tuple[str, str]], here: str) -> Field:
    """`communes`: code and name."""
    return Field(
        name="visit_commune",
        words=Words("Xã, phường đến nhà", "Commune to go to"),
        kind="select",
        value=here,
        options=tuple(Option(code, Words(name, name)) for code, name in communes),
    )


def mark_field() -> Field:
    return Field(
        name="place_mark",
        words=Words("Vị trí nhà trên bản đồ", "The house on the map"),
        required=False,
        hint=Words("vĩ độ, kinh độ, như 10.5246, 105.8412", "latitude, longitude, such as 10.5246, 105.8412"),
    )


def read_mark(filled: Filled) -> dict[str, float] | None:
    """Raises FilledWrong."""
    said = filled.maybe("place_mark", longest=60)
    found = _MARK.fullmatch(said) if said is not None else None
    if said is None:
        return None
    if found is None or not (abs(lat := float(found[1])) <= 90 and abs(lon := float(found[2])) <= 180):
        raise FilledWrong("Ghi vĩ độ, kinh độ như 10.5246, 105.8412, hoặc để trống.", pointer="/place_mark")
    return {"lat": lat, "lon": lon}


def read_house(filled: Filled) -> dict[str, str | None]:
    return {
        "address": filled.maybe("address", longest=_LONGEST),
        "hamlet": filled.maybe("hamlet", longest=200),
        "landmark": filled.maybe("landmark", longest=_LONGEST),
        "access": filled.maybe_choice("access", ACCESS),
    }
