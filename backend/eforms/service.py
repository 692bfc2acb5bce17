"""What other capabilities ask about forms. Nothing is looked up without a day."""

from collections.abc import Iterable
from datetime import date

import msgspec

from backend.eforms import forms
from backend.eforms.checking import wrong_fields
from backend.eforms.errors import NoSuchForms
from backend.eforms.model import Filled, Form
from backend.procedures.model import ProcedureVersion
from backend.procedures.served import ServiceModel

serving = forms.serving
served = forms.served


class _Told(msgspec.Struct, frozen=True):
    """What a personal part says of a form; whatever else it says."""

    filled: Filled | None = None


class Unreadable(Exception):
    """It says that something was filled in, and nobody can read what."""


def told(personal: bytes | None) -> Filled | None:
    """What was filled in, as the personal part of a reading says; None where none is told. Raises Unreadable."""
    if personal is None:
        return None
    try:
        return msgspec.json.decode(personal, type=_Told).filled
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(str(error)) from error


def find_form(version: str) -> Form | None:
    sheet = forms.sheets().get(version)
    return None if sheet is None else sheet.form


def is_in_force(version: str, procedure: str, document: str, on: date) -> bool:
    """Whether it is the form of that paper of the procedure on that day."""
    form = find_form(version)
    return form is not None and form.is_for(procedure, document) and form.holds(on)


def is_filled_right(version: str, filled: Filled) -> bool:
    """Of a form that nobody knows, nothing can be said."""
    form = find_form(version)
    return form is None or not wrong_fields(form, filled)


class Coverage(msgspec.Struct, frozen=True):
    """Of the procedures that are served to who does not write (row 28): how many there are, and which have no form."""

    served: int
    lacking: tuple[ProcedureVersion, ...]


def coverage(versions: Iterable[ProcedureVersion], on: date) -> Coverage:
    """`versions`: the catalogue of that day."""
    wanted = [one for one in versions if ServiceModel.NO_WRITING in (one.content.home_models or ())]
    having = forms.served(on)
    return Coverage(len(wanted), tuple(one for one in wanted if one.code not in having))


def newest_forms() -> str:
    """The name under which phones fetch all forms."""
    return forms.document()[0]


def get_forms(name: str) -> bytes:
    """The document of that name. Raises NoSuchForms."""
    known, document = forms.document()
    if name != known:
        raise NoSuchForms("Không có bộ tờ khai này. Tải lại danh sách trong ngày để lấy bộ mới.")
    return document
