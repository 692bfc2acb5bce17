"""The citizen's card of a label set: tracking token, look-up number, hand-over word, all made from keys and the set's
number, and never stored: only hashes are, so the same card can be printed again and a stolen database shows none.

A look-up number says nothing by itself and is taken at desks only. It is not kept unique: of a million cards two are
alike with one chance in four; whoever finds two cases asks for the number of the label.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from backend.dossiers.tokens import stored, token
from backend.ids import derived
from backend.keys import Key, KeyRing, Purpose, same
from backend.parcels import codes
from backend.parcels.errors import CardKeyMissing
from backend.parcels.model import LabelSet

_LOOK_UP, _WORD, _STORED_LOOK_UP, _STORED_WORD = b"look-up number", b"hand-over word", b"stored look-up", b"stored word"


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """What is printed on a card and nowhere else."""

    number: int
    token: str
    look_up_number: str
    word: str


class Hashes(msgspec.Struct, frozen=True, kw_only=True):
    """What is stored of a card: 32 bytes each. Without the key nobody can go through all numbers or words."""

    card_token_sha256: bytes
    look_up_hash: bytes
    word_hash: bytes


def new_card(ring: KeyRing, number: int, at: datetime) -> Card:
    """Under the keys valid at `at`."""
    return _card(ring.current(Purpose.TRACKING, at), ring.current(Purpose.CARD, at), number)


def hashes(ring: KeyRing, card: Card, at: datetime) -> Hashes:
    key = ring.current(Purpose.CARD, at)
    return Hashes(
        card_token_sha256=stored(card.token),
        look_up_hash=_look_up_hash(key, card.look_up_number),
        word_hash=_word_hash(key, card.number, card.word),
    )


def card_again(ring: KeyRing, label_set: LabelSet) -> Card:
    """The very card that was printed, whichever keys were valid then. Raises CardKeyMissing."""
    for tracking in reversed(ring.all(Purpose.TRACKING)):
        for key in reversed(ring.all(Purpose.CARD)):
            card = _card(tracking, key, label_set.number)
            if same(stored(card.token), label_set.card_token_sha256) and same(
                _word_hash(key, card.number, card.word), label_set.word_hash
            ):
                return card
    raise CardKeyMissing(f"Không còn khóa đã in bộ nhãn {label_set.number:05}. Hủy bộ nhãn này rồi in bộ khác.")


def look_up_hashes(ring: KeyRing, text: str) -> list[bytes]:
    """Under which a card with this look-up number may be stored, one for each key there was."""
    return [_look_up_hash(key, text) for key in ring.all(Purpose.CARD)]


def is_word_of(ring: KeyRing, text: str, sets: Sequence[LabelSet]) -> bool:
    """Whether it is the word of one of these sets' cards."""
    typed = codes.plain(text)
    return any(
        same(_word_hash(key, label_set.number, typed), label_set.word_hash)
        for label_set in sets
        for key in ring.all(Purpose.CARD)
    )


def card_of(number: int) -> UUID:
    """What the token of a card stands for, before it is bound to a case."""
    return derived("citizen-card", str(number))


def _card(tracking: Key, key: Key, number: int) -> Card:
    return Card(
        number=number,
        token=token(tracking, card_of(number), 1),
        look_up_number=codes.look_up_number(_drawn(key, _LOOK_UP, number)),
        word=_word(key, number),
    )


def _word(key: Key, number: int) -> str:
    """The first drawn whose check is a digit: ten of eleven are."""
    attempt = 0
    while (word := codes.hand_over_word(_drawn(key, _WORD, number, attempt))) is None:
        attempt += 1
    return word


def _drawn(key: Key, what: bytes, number: int, attempt: int = 0) -> int:
    return int.from_bytes(key.mac(what + number.to_bytes(4, "big") + attempt.to_bytes(2, "big"))[:16], "big")


def _look_up_hash(key: Key, text: str) -> bytes:
    return key.mac(_STORED_LOOK_UP + text.encode())


def _word_hash(key: Key, number: int, word: str) -> bytes:
    return key.mac(_STORED_WORD + number.to_bytes(4, "big") + word.encode())
