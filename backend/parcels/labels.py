"""Label sets as they are printed: the signed QR label of a parcel, its S10 number, hashes of the citizen's card.

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
from backend.keys import KeyRing, Purpose
from backend.parcels.cards import hashes, new_card
from backend.parcels.codes import item_number
from backend.parcels.model import HolderKind, LabelSet

_ID = struct.Struct(">II")
"""Random bits, and those XOR the number of the set."""
_SIGNATURE_BYTES = 64


def printed(ring: KeyRing, numbers: Iterable[int], unit: UUID, at: datetime) -> Iterator[LabelSet]:
    """New sets in the stock of an office, under the keys valid at `at`."""
    label_key = ring.current(Purpose.LABEL, at).private()
    for number in numbers:
        kept = hashes(ring, new_card(ring, number, at), at)
        yield LabelSet(
            number=number,
            label=make_label(label_key, number),
            item_number=item_number(number),
            card_token_sha256=kept.card_token_sha256,
            look_up_hash=kept.look_up_hash,
            word_hash=kept.word_hash,
            unit_id=unit,
            state="printed",
            holder_kind=HolderKind.UNIT,
            holder=unit,
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


def label_qr(label: str) -> list[list[bool]]:
    """Rows of modules, dark is True, without the quiet zone: 37 by 37."""
    drawn = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    drawn.add_data(label)
    drawn.make()
    return [[bool(module) for module in row] for row in drawn.get_matrix()]
