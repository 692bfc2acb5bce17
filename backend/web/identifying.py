"""What a scanned or typed code is: each of the five codes has a shape of its own."""

import re
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from backend.acts.rules import current, load
from backend.database import Transaction
from backend.dossiers.tokens import stored
from backend.keys import KeyRing
from backend.parcels import codes, look_up
from backend.staff.model import Clerk
from backend.web import label_queries
from backend.web.forms.field import FilledWrong
from backend.web.label_views import ScannedSet
from backend.web.words import Words

What = Literal["label", "item_number", "card", "look_up_number", "set_number", "nothing"]
OF_A_PARCEL = ("label", "item_number", "set_number")
"""What stands on the parcel itself; the others are on the citizen's card, and are about the case."""
_TRACKING = re.compile(r"^(?:\S*/t/)?([A-Za-z2-7]{26})/?$")
_LABEL_LENGTH = 108


class Identified(msgspec.Struct, frozen=True, kw_only=True):
    """`case`: which it belongs to. `useless`: what is wrong with a code that says so itself, or is none of ours."""

    what: What
    label_set: ScannedSet | None = None
    case: UUID | None = None
    useless: Words | None = None


UNKNOWN: dict[What, Words] = {
    "card": Words(
        "Thẻ này sai, đã đổi hoặc không do bưu điện phát hành. Giữ lại thẻ và hỏi 1022.",
        "This card is wrong, replaced or not ours. Keep it and ask 1022.",
    ),
    "item_number": Words(
        "Số hiệu này không phải của bưu gửi hồ sơ. Quét mã QR trên nhãn, hoặc xem lại bưu gửi.",
        "This item number is none of ours. Scan the QR of the label, or look at the item again.",
    ),
    "look_up_number": Words(
        "Không có thẻ nào mang số này. Nhờ công dân đọc lại số tra cứu.",
        "No card has this number. Ask for the look-up number again.",
    ),
    "set_number": Words("Chưa in bộ nhãn nào mang số này. Xem lại số.", "No set with this number was printed."),
    "nothing": Words(
        "Mã này không phải nhãn, thẻ theo dõi hay số tra cứu. Quét lại, hoặc tìm theo tên ở Hồ sơ hôm nay.",
        "This is no label, card or look-up number. Scan again, or search by name.",
    ),
}
_TYPED_OVER = Words(
    "Bộ gõ tiếng Việt đang bật nên mã quét bị đổi chữ. Tắt bộ gõ rồi quét lại.",
    "The Vietnamese input method changed what was scanned. Switch it off and scan again.",
)
_WRONG_DIGIT = Words(
    "Số hiệu bưu gửi này có chữ số sai. Quét lại mã vạch, hoặc gõ lại từng số.",
    "This item number has a wrong digit. Scan the bars again, or type it anew.",
)


async def identify(tx: Transaction, ring: KeyRing, clerk: Clerk, text: str, at: datetime) -> Identified:
    """A label is compared whole with the one that was printed. Raises WrongLookUpNumber, TooManyLookUps."""
    if label_set := await label_queries.find_set(tx, label=text):
        return Identified(what="label", label_set=label_set, case=label_set.case_id)
    what = _shape(text)
    if what == "card":
        return await _card(tx, text)
    if what == "look_up_number":
        return await _looked_up(tx, ring, clerk, text, at)
    if what in ("item_number", "set_number"):
        return await _numbered(tx, what, codes.plain(text))
    mangled = not text.isascii() and len(text) > codes.LOOK_UP_LENGTH
    return Identified(what=what, useless=_TYPED_OVER if mangled else _forged() if what == "label" else UNKNOWN[what])


def _shape(text: str) -> What:
    plain = codes.plain(text)
    if _TRACKING.match(text):
        return "card"
    if codes.looks_like_item_number(plain):
        return "item_number"
    if plain.isascii() and plain.isdigit() and len(plain) <= 8:
        return "set_number"
    if len(plain) == codes.LOOK_UP_LENGTH and plain.isascii() and plain.isalnum():
        return "look_up_number"
    return "label" if len(text) == _LABEL_LENGTH else "nothing"


def _forged() -> Words:
    title, detail = load(current()).refusal("guard:label_genuine", "label_set", "issued", "seal")
    return Words(f"{title}. {detail}", "This label is not ours. Do not use it; keep it and report an incident.")


async def _card(tx: Transaction, text: str) -> Identified:
    match = _TRACKING.match(text)
    token = stored(match[1].upper()) if match is not None else b""
    label_set = await label_queries.find_card(tx, token)
    case = await label_queries.find_case_of_token(tx, token)
    useless = UNKNOWN["card"] if label_set is None and case is None else None
    return Identified(what="card", label_set=label_set, case=case, useless=useless)


async def _numbered(tx: Transaction, what: What, plain: str) -> Identified:
    if what == "item_number" and codes.is_of_ours(plain) and not codes.is_item_number(plain):
        return Identified(what=what, useless=_WRONG_DIGIT)
    number = int(plain) if what == "set_number" else None
    label_set = await label_queries.find_set(tx, item_number=None if number is not None else plain, number=number)
    if label_set is None:
        return Identified(what=what, useless=UNKNOWN[what])
    return Identified(what=what, label_set=label_set, case=label_set.case_id)


async def _looked_up(tx: Transaction, ring: KeyRing, clerk: Clerk, text: str, at: datetime) -> Identified:
    cards = await look_up.find(tx, ring, person=clerk.person_id, typed=text, reason="checking", at=at)
    if not cards:
        return Identified(what="look_up_number", useless=UNKNOWN["look_up_number"])
    label_set = await label_queries.find_set(tx, number=cards[0].number)
    return Identified(what="look_up_number", label_set=label_set, case=cards[0].case_id)


async def scanned_parcel(tx: Transaction, ring: KeyRing, clerk: Clerk, text: str, now: datetime) -> tuple[UUID, UUID]:
    """(case, parcel) of a label that we printed and that is on a parcel. Raises FilledWrong for every other code."""
    found = await identify(tx, ring, clerk, text, now)
    label = found.label_set if found.what in OF_A_PARCEL else None
    if label is not None and label.case_id is not None and label.parcel_id is not None:
        return label.case_id, label.parcel_id
    if label is not None:
        raise FilledWrong("Nhãn này chưa gắn vào bưu gửi nào. Quét nhãn đang dán trên bưu gửi.", pointer="/scanned")
    raise FilledWrong((found.useless or UNKNOWN["nothing"]).vi, pointer="/scanned")
