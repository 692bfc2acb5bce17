"""The kind of an act as a label for counting: one of a known list, whatever a phone may have written."""

import msgspec

from backend.acts.rules import current, load

UNKNOWN = "unknown"


class _Named(msgspec.Struct):
    kind: str = UNKNOWN


_decoder = msgspec.json.Decoder(_Named)


def kind_of(data: bytes) -> str:
    """What an envelope says it is, if the rules know that kind; `unknown` else. The rest of it is not looked at."""
    try:
        kind = _decoder.decode(data).kind
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return UNKNOWN
    return kind if kind in load(current()).file.acts else UNKNOWN
