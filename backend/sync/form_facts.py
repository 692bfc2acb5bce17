"""Facts about a form that is read back: whether what was filled in is what was hashed, whether that version of the form
is the one of its day, and whether it is filled in right. Of a paper that tells nothing, all is well."""

from backend.eforms import service as eforms
from backend.eforms.model import Filled, content_sha256
from backend.signatures.model import ReadBack
from backend.sync.doing import Doing
from backend.sync.sheet import Fact, Facts, FactSheet


def filled_in(do: Doing) -> Filled | None:
    """None also where nobody can read it."""
    try:
        return eforms.told(do.act.personal)
    except eforms.Unreadable:
        return None


def content_as_hashed(sheet: FactSheet) -> Fact:
    body: ReadBack = sheet.body
    try:
        filled = eforms.told(sheet.do.act.personal)
    except eforms.Unreadable:
        return False
    return filled is None or content_sha256(body.form_version, filled) == bytes.fromhex(body.content_sha256)


def form_in_force(sheet: FactSheet) -> Fact:
    """On the day whose catalogue holds for the case, which does not change under it."""
    body: ReadBack = sheet.body
    regime = sheet.do.world.regime(sheet.do.subject)
    if filled_in(sheet.do) is None or regime is None:
        return True
    procedure, on = regime
    return eforms.is_in_force(body.form_version, procedure, body.document, on)


def form_filled_right(sheet: FactSheet) -> Fact:
    body: ReadBack = sheet.body
    filled = filled_in(sheet.do)
    return filled is None or eforms.is_filled_right(body.form_version, filled)


OF_FORMS: Facts = {
    "content_as_hashed": content_as_hashed,
    "form_in_force": form_in_force,
    "form_filled_right": form_filled_right,
}
