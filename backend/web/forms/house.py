"""The fields that say where a house is (F26): there are few house numbers, so hamlet, landmark and the way count."""

from backend.web.forms.field import Field, Filled, optional
from backend.web.place_words import ACCESS
from backend.web.words import Words

_LONGEST = 400


def house_fields() -> tuple[Field, ...]:
    return (
        Field(
            name="address",
            words=Words("Số nhà, đường, tổ", "House number, street, group"),
            required=False,
            hint=Words("nếu có, như Số 12, tổ 3", "if there is one"),
            group="house",
        ),
        Field(
            name="hamlet",
            words=Words("Ấp, khóm", "Hamlet"),
            required=False,
            group="house",
        ),
        Field(
            name="landmark",
            words=Words("Mốc gần nhà, cách đi", "Landmark, and how to get there"),
            required=False,
            hint=Words("như qua cầu sắt, nhà thứ hai bên trái", "such as: over the iron bridge, second on the left"),
        ),
        Field(
            name="access",
            words=Words("Đến bằng", "One gets there"),
            kind="select",
            required=False,
            options=optional(Words("Chưa rõ", "Not known"), ACCESS),
        ),
    )


def read_house(filled: Filled) -> dict[str, str | None]:
    return {
        "address": filled.maybe("address", longest=_LONGEST),
        "hamlet": filled.maybe("hamlet", longest=200),
        "landmark": filled.maybe("landmark", longest=_LONGEST),
        "access": filled.maybe_choice("access", ACCESS),
    }
