"""Label sets as they are printed: the signed QR label of a parcel, its S10 number, and the token of the citizen's card.

A label is a 64-bit id and its ES256 signature (72 bytes), written in base45 (RFC 9285): 108 characters, a QR code of
version 5 (37 modules). Phones check it offline with the public half of the `label` key. The id is 32 random bits, then
those bits XOR the number of the set, so that a phone can name it. A signature does not stop copying: a set binds once.
"""

import secrets
import struct
from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

import base45  # pyright: ignore[reportMissingTypeStubs]
import qrcode
from cryptography.hazmat.primitives.asymmetric import ec
from qrcode.constants import ERROR_CORRECT_M

from backend.acts.envelope import is_signed, sign
from backend.dossiers.tokens import stored, token
from backend.ids import derived
from backend.keys import KeyRing, Purpose
from backend.parcels.model import Holder, LabelSet

_ID = struct.Struct(">II")
"""Random bits, and those XOR the number of the set."""
_SIGNATURE_BYTES = 64
_S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
_S10_SERVICE, _S10_COUNTRY = "TN", "VN"
"""An indicator that S10 leaves to domestic use, until the post has been given one of its own."""


def printed(ring: KeyRing, numbers: Iterable[int], holder: Holder, at: datetime) -> Iterator[LabelSet]:
    """New sets in the stock of `holder`, under the keys valid at `at`."""
    label_key = ring.current(Purpose.LABEL, at).private()
    for number in numbers:
        yield LabelSet(
            number=number,
            label=make_label(label_key, number),
            item_number=item_number(number),
            card_token_sha256=stored(card_token(ring, number, at)),
            state="printed",
            holder_kind=holder.kind,
            holder=holder.id,
        )


def make_label(key: ec.EllipticCurvePrivateKey, number: int) -> str:
    """The text of the QR. It never contains a space: typing and scanning lose those. ES256 signs anew each time."""
    while True:
        mask = secrets.randbits(32)
        content = _ID.pack(mask, mask ^ number)
        text = base45.b45encode(content + sign(key, content)).decode("ascii")
        if " " not in text:
            return text


def read_label(text: str, keys: Iterable[ec.EllipticCurvePublicKey]) -> int | None:
    """The number of the set; None for what none of these keys signed."""
    try:
        data = base45.b45decode(text.encode("ascii"))
    except (ValueError, UnicodeEncodeError):
        return None
    content, signature = data[: _ID.size], data[_ID.size :]
    if len(signature) != _SIGNATURE_BYTES or not any(is_signed(key, content, signature) for key in keys):
        return None
    mask, masked = _ID.unpack(content)
    return mask ^ masked


def item_number(number: int) -> str:
    """The S10 number (UPU S10-12) of a set: service, 8 digits, check digit, country.

    Raises ValueError for what eight digits cannot say.
    """
    digits = f"{number:08}"
    if len(digits) > 8 or number < 0:
        raise ValueError("an S10 number has eight digits")
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(digits, _S10_WEIGHTS, strict=True)) % 11
    check = {10: 0, 11: 5}.get(rest, rest)
    return f"{_S10_SERVICE}{digits}{check}{_S10_COUNTRY}"


def card_token(ring: KeyRing, number: int, at: datetime) -> str:
    """The tracking token on the citizen card of a set printed at `at`."""
    return token(ring.current(Purpose.TRACKING, at), card_of(number), 1)


def card_of(number: int) -> UUID:
    """What the token of the card stands for, before it is bound to a case."""
    return derived("citizen-card", str(number))


def label_qr(label: str) -> list[list[bool]]:
    """Rows of modules, dark is True, without the quiet zone: 37 by 37."""
    drawn = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    drawn.add_data(label)
    drawn.make()
    return [[bool(module) for module in row] for row in drawn.get_matrix()]
