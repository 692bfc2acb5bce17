"""A picture in a form: chosen once, and still there when the form comes back because something else is wrong."""

import re
from typing import Any

import msgspec

from backend.web.forms.field import Field, Filled, FilledWrong
from backend.web.words import Words

NAME = "picture"
_HASH = re.compile("[0-9a-f]{64}")
TAKEN = ("image/jpeg", "image/png", "image/webp")


class Picture(msgspec.Struct, frozen=True):
    """As it was sent. Bytes in `size`."""

    sha256: str
    size: int
    media_type: str

    @property
    def kept(self) -> str:
        """What stands for it in the form from then on."""
        return f"{self.sha256} {self.size} {self.media_type}"


def picture_field(words: Words) -> Field:
    return Field(name=NAME, words=words, kind="picture")


def kept(text: str) -> Picture | None:
    """A picture that came with the form before. It is shown only to who may see what it is of."""
    parts = text.split(" ")
    if len(parts) != 3 or not _HASH.fullmatch(parts[0]) or not parts[1].isdigit() or parts[2] not in TAKEN:
        return None
    return Picture(parts[0], int(parts[1]), parts[2])


def read_picture(filled: Filled) -> dict[str, Any]:
    """As an act names a file. Raises FilledWrong."""
    found = kept(filled.maybe(NAME, longest=200) or "")
    if found is None:
        raise FilledWrong("Chụp rồi gửi kèm ảnh.", pointer=f"/{NAME}")
    return {"sha256": found.sha256, "bytes": found.size, "media_type": found.media_type}
