"""A citizen's card is printed from the keys: the same again at any time, and nothing of it lies in the database."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import msgspec
import pytest

from backend.ids import uuid7
from backend.keys import KeyRing, Purpose
from backend.parcels import cards, codes
from backend.parcels.errors import CardKeyMissing
from backend.parcels.labels import printed
from backend.parcels.model import LabelSet

NOW = datetime(2026, 11, 25, tzinfo=UTC)
POST = UUID(int=7)


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing.make(tmp_path / "keys")


def a_set(ring: KeyRing, number: int = 412, at: datetime = NOW) -> LabelSet:
    [label_set] = printed(ring, [number], POST, at)
    return label_set


def test_a_card_printed_again_is_the_same_card(ring: KeyRing) -> None:
    label_set, card = a_set(ring), cards.new_card(ring, 412, NOW)
    assert cards.card_again(ring, label_set) == card
    assert codes.is_look_up_number(card.look_up_number)
    assert codes.is_hand_over_word(card.word)


def test_it_stays_the_same_after_the_keys_were_changed(ring: KeyRing) -> None:
    label_set, card = a_set(ring), cards.new_card(ring, 412, NOW)
    later = NOW + timedelta(days=400)
    ring.rotate(Purpose.CARD, later)
    ring.rotate(Purpose.TRACKING, later)
    assert cards.card_again(ring, label_set) == card
    assert cards.new_card(ring, 412, later + timedelta(days=1)) != card
    assert label_set.look_up_hash in cards.look_up_hashes(ring, card.look_up_number)
    assert cards.is_word_of(ring, card.word, [label_set])


def test_a_card_whose_keys_are_gone_is_not_printed_as_another(ring: KeyRing, tmp_path: Path) -> None:
    with pytest.raises(CardKeyMissing, match="00412"):
        cards.card_again(KeyRing.make(tmp_path / "other"), a_set(ring))


def test_nothing_of_a_card_is_in_the_row_of_its_set(ring: KeyRing) -> None:
    label_set, card = a_set(ring), cards.new_card(ring, 412, NOW)
    kept = msgspec.json.encode(label_set) + b"".join(
        (label_set.card_token_sha256, label_set.look_up_hash, label_set.word_hash)
    )
    for secret in (card.token, card.look_up_number, card.word):
        assert secret.encode() not in kept


def test_codes_of_a_thousand_cards_have_nothing_in_common(ring: KeyRing) -> None:
    all_cards = [cards.new_card(ring, number, NOW) for number in range(1, 1001)]
    assert len({card.look_up_number for card in all_cards}) == 1000
    assert len({card.token for card in all_cards}) == 1000
    assert len({card.word for card in all_cards}) > 950
    assert len({label_set.word_hash for label_set in printed(ring, range(1, 1001), POST, NOW)}) == 1000


def test_the_word_of_one_card_is_not_the_word_of_another(ring: KeyRing) -> None:
    mine, others = a_set(ring, 412), a_set(ring, 413)
    word = cards.new_card(ring, 412, NOW).word
    assert cards.is_word_of(ring, codes.grouped(word), [others, mine])
    assert not cards.is_word_of(ring, word, [others])
    assert not cards.is_word_of(ring, word, [])


def test_a_hash_under_one_installations_keys_says_nothing_to_another(ring: KeyRing, tmp_path: Path) -> None:
    other = KeyRing.make(tmp_path / "other")
    card, label_set = cards.new_card(ring, 412, NOW), a_set(ring)
    assert label_set.look_up_hash not in cards.look_up_hashes(other, card.look_up_number)
    assert not cards.is_word_of(other, card.word, [label_set])


def test_the_holder_of_new_sets_is_the_office_they_are_printed_for(ring: KeyRing) -> None:
    unit = uuid7()
    [label_set] = printed(ring, [9], unit, NOW)
    assert (label_set.holder_kind, label_set.holder, label_set.unit_id, label_set.state) == (
        "unit",
        unit,
        unit,
        "printed",
    )
