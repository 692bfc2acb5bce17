"""What a form that was read back said: its canonical text, told again from the personal part of the reading."""

import hashlib
import json
import unicodedata

import msgspec

from backend.verify.replay.deed import Deed
from backend.verify.replay.world import ANYTHING, World


class _Filled(msgspec.Struct):
    values: dict[str, str]
    sources: dict[str, str]


class _Told(msgspec.Struct):
    filled: _Filled | None = None


def content(world: World, deed: Deed) -> object:
    """None where nothing was told, nobody can read it, or the case was erased; anything where it opens no more."""
    if not deed.has_personal or world.get("cases", deed.subject)["erased_at"] is not None:
        return None
    return ANYTHING if deed.personal is None else _text(deed)


def as_hashed(deed: Deed) -> bool | None:
    """None: unknown. What is told and not read is not what was hashed."""
    if not deed.has_personal:
        return True
    if deed.personal is None:
        return None
    try:
        text = _written(deed)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return False
    return text is None or hashlib.sha256(text.encode()).hexdigest() == deed.body["content_sha256"]


def blank(world: World, deed: Deed) -> None:
    """That it was read back, when and by whom, stays."""
    for row in world.of_case("readings", deed.subject):
        world.put("readings", row, content=None)


def _text(deed: Deed) -> str | None:
    try:
        return _written(deed)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def _written(deed: Deed) -> str | None:
    filled = msgspec.json.decode(deed.personal or b"", type=_Told).filled
    if filled is None:
        return None
    version = _text_of(deed.body["form_version"])
    return f'{{"form_version":{version},"sources":{_all(filled.sources)},"values":{_all(filled.values)}}}'


def _all(told: dict[str, str]) -> str:
    """Names in the order of their UTF-16 units."""
    names = sorted(told, key=lambda name: name.encode("utf-16-be"))
    return f"{{{','.join(f'{_text_of(name)}:{_text_of(told[name])}' for name in names)}}}"


def _text_of(told: str) -> str:
    return json.dumps(unicodedata.normalize("NFC", told), ensure_ascii=False)
