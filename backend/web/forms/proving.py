"""How the owner was known of whom only they may ask it: shown at a counter, or a code read out (F07)."""

from typing import Any

from backend.staff.model import AT_COUNTERS
from backend.web.forms.field import Field, Filled, FilledWrong, options
from backend.web.forms.situation import Situation
from backend.web.words import Words

PROOFS = {
    "card_seen": Words("Đã xem thẻ căn cước", "Card seen"),
    "vneid": Words("VNeID trên máy của chủ hồ sơ", "VNeID on the owner's phone"),
    "passport": Words("Đã xem hộ chiếu", "Passport seen"),
    "code": Words("Đọc đúng mã đã gửi", "Read out the code that was sent"),
}
OWNER_ALONE = Words(
    "Chỉ chủ hồ sơ được đổi: tự đến quầy, hoặc đọc mã gửi đến số đã ghi.",
    "Only the owner may: at a counter, or by the code sent to the number on file.",
)


def proof_fields(about: Situation) -> tuple[Field, ...]:
    """Whoever sits at a telephone sees no card."""
    shown = PROOFS if _at_counter(about) else {"code": PROOFS["code"]}
    return (
        Field(
            name="proved_by",
            words=Words("Xác minh chủ hồ sơ", "How the owner was known"),
            kind="radio",
            options=options(shown),
            required=False,
        ),
        Field(
            name="code",
            words=Words("Mã chủ hồ sơ đọc", "The code that the owner reads out"),
            required=False,
            hint=Words("6 chữ số, nếu xác minh bằng mã", "6 digits, if known by a code"),
        ),
    )


def tried_proof(about: Situation) -> dict[str, str]:
    return {"proved_by": "card_seen"} if _at_counter(about) else {"proved_by": "code", "code": "000000"}


def read_proof(filled: Filled) -> dict[str, Any]:
    return {"proved_by": filled.maybe_choice("proved_by", PROOFS)}


def read_code(filled: Filled) -> dict[str, Any]:
    """Of the personal part. Raises FilledWrong."""
    if filled.maybe("proved_by") != "code":
        return {}
    code = (filled.maybe("code", longest=20) or "").replace(" ", "")
    if not (code.isascii() and code.isdigit() and len(code) == 6):
        raise FilledWrong("Mã có 6 chữ số. Nhờ chủ hồ sơ đọc lại, hoặc gửi mã mới.", pointer="/code")
    return {"code": code}


def _at_counter(about: Situation) -> bool:
    return any(post.role in AT_COUNTERS for post in about.posts)
