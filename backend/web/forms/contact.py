"""The fields that say how a citizen is reached, and wants to be (F17)."""

from typing import Any, Protocol

from backend.web.forms.field import Field, Filled, FilledWrong, Option, on_file, optional
from backend.web.forms.party_fields import read_phone
from backend.web.words import WAYS, Words


class Reached(Protocol):
    """What a case says of how its citizen is reached."""

    @property
    def phone(self) -> str | None: ...
    @property
    def email(self) -> str | None: ...
    @property
    def tell_by(self) -> str | None: ...
    @property
    def shared_phone(self) -> bool: ...


def contact_fields(known: Reached | None = None) -> tuple[Field, ...]:
    """`known`: what is on file now."""
    now = on_file(known, "phone", "email", "tell_by")
    return (
        Field(name="phone", words=Words("Điện thoại để hẹn", "Phone to call"), value=now["phone"], required=False),
        Field(
            name="email",
            words=Words("Thư điện tử", "E-mail"),
            value=now["email"],
            required=False,
            group="telling",
        ),
        Field(
            name="tell_by",
            words=Words("Muốn được báo bằng", "Wants to be told by"),
            kind="select",
            value=now["tell_by"],
            required=False,
            options=optional(Words("Cách nào cũng được", "Any way"), WAYS),
            group="telling",
        ),
        Field(
            name="shared_phone",
            words=Words("Điện thoại dùng chung", "Shared phone"),
            kind="checks",
            value="yes" if known is not None and known.shared_phone else "",
            required=False,
            options=(Option("yes", Words("Nhiều người dùng chung máy này", "Several people use this phone")),),
        ),
    )


def read_contact(filled: Filled) -> dict[str, Any]:
    """`shared_phone` only where it is one. Raises FilledWrong."""
    return {
        "phone": read_phone(filled, "phone"),
        "email": _email(filled),
        "tell_by": filled.maybe_choice("tell_by", WAYS),
        "shared_phone": True if filled.many("shared_phone") else None,
    }


def _email(filled: Filled) -> str | None:
    email = filled.maybe("email", longest=200)
    name, at, place = (email or "a@b.c").partition("@")
    if not (name and at and "." in place[1:-1] and "@" not in place) or " " in (email or ""):
        raise FilledWrong("Thư điện tử viết như ten@noigui.vn. Xem lại rồi gửi lại.", pointer="/email")
    return email
