"""The one text gate: every text typed, scanned or sent passes here once, on the way in; and folding, for search.

`Huệ` can be written in two ways that look the same (NFC, NFD), and characters that nobody sees can hide in a name or
turn it round. What is stored is NFC and visible. Raw bytes that are evidence are kept elsewhere, untouched.
"""

import re
import unicodedata

from backend.errors import Invalid

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ZERO_WIDTH = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Unicode's default-ignorable characters, and the empty Braille cell: drawn as nothing, whatever their category."""

_CATEGORIES = {
    "Cc": "ký tự điều khiển",
    "Cf": "ký tự ẩn",
    "Cn": "mã chưa được gán chữ",
    "Co": "mã dùng riêng",
    "Cs": "nửa ký tự",
    "Zl": "ký tự xuống dòng lạ",
    "Zp": "ký tự xuống đoạn lạ",
}
_D_WITH_STROKE = str.maketrans({"đ": "d", "Đ": "D", "ð": "d", "Ð": "D"})
"""`Ð` (U+00D0) is the Icelandic letter: some keyboards send it, and it only looks the same."""


class UnusableCharacter(Invalid):
    """Văn bản có ký tự không dùng được."""


def gate(text: str, *, pointer: str | None = None, lines: bool = False) -> str:
    """`text` in NFC. Raises UnusableCharacter, naming the character and its place, for NUL, control characters, bidi
    controls, zero-width, unassigned and private characters, and lone surrogates.

    `lines`: a text of several lines, whose line ends become `\\n`; otherwise a line end is refused too.
    `pointer`: the field, as a JSON pointer, for the answer.
    """
    if lines:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", text)
    for place, character in enumerate(text, start=1):
        reason = _refused(character)
        if reason is not None and not (lines and character == "\n"):
            raise UnusableCharacter(
                f"Chữ thứ {place} là {reason} (U+{ord(character):04X}), không dùng được. Xóa đi rồi gửi lại.",
                pointer=pointer,
            )
    return text


def folded(text: str) -> str:
    """The form two spellings share for search: no tone marks, đ as d, lower case, single spaces.

    `Tân Công Sính` and `tan cong sinh`, `hoà` and `hòa` become equal. Never for identity numbers or codes.
    """
    return " ".join(unmarked(text).casefold().split())


def unmarked(text: str) -> str:
    """Without tone marks, đ as d; capitals stay. As people write where only plain letters go through."""
    letters = unicodedata.normalize("NFKD", text).translate(_D_WITH_STROKE)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _refused(character: str) -> str | None:
    """What is wrong with a character, in the words of the people who see it; None when nothing is."""
    if " " <= character <= "~":
        return None
    if character == "\0":
        return "ký tự rỗng"
    if character in _BIDI:
        return "ký tự đổi chiều chữ"
    if _ZERO_WIDTH.match(character):
        return "ký tự ẩn"
    return _CATEGORIES.get(unicodedata.category(character))
