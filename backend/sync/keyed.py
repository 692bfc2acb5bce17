"""What only a key or a sealed part tells: labels that are printed, words and tokens of citizens' cards."""

from collections.abc import Sequence

import msgspec

from backend.acts.model import Act
from backend.database import Transaction
from backend.dossiers import queries as dossiers
from backend.dossiers.tokens import stored
from backend.keys import KeyRing
from backend.parcels import labels
from backend.parcels import queries as parcels
from backend.parcels.cards import is_word_of
from backend.parcels.model import PrintLabelSets
from backend.presence.model import OnSite
from backend.sync.world import World


class _Spoken(msgspec.Struct, frozen=True):
    """The personal part of a hand-over: the word that the recipient said, if one was asked for."""

    word: str | None = None


_prints = msgspec.json.Decoder(PrintLabelSets)
_says = msgspec.json.Decoder(_Spoken)
_reads = msgspec.json.Decoder(OnSite)


async def look_up_by_key(tx: Transaction, ring: KeyRing, world: World, ready: Sequence[Act]) -> None:
    """Beforehand, so that the decision itself needs neither keys nor database."""
    for act in ready:
        if act.envelope.kind == "print_label_sets":
            _print(ring, world, act)
        elif act.envelope.kind == "hand_over_result" and (word := _word(act)) is not None:
            cards = await parcels.cards_of(tx, act.subject[1])
            if cards:
                world.note("right_word" if is_word_of(ring, word, cards) else "wrong_word", act.key)
        elif act.envelope.kind == "record_arrival" and await _reads_card_of(tx, act):
            world.note("card", act.key)


def _print(ring: KeyRing, world: World, act: Act) -> None:
    try:
        body = _prints.decode(act.envelope.body)
    except (msgspec.MsgspecError, RecursionError):
        return  # deciding says so
    if body.first == world.next_set_number:
        world.printed[act.key] = list(labels.printed(ring, body.numbers, act.subject[1], act.received_at))


async def _reads_card_of(tx: Transaction, act: Act) -> bool:
    card = _card(act)
    return card is not None and await dossiers.find_case_by_token(tx, stored(card)) == act.subject[1]


def _card(act: Act) -> str | None:
    """The token that was read from the citizen's card, which is the end of its address."""
    try:
        card = _reads.decode(act.personal).card if act.personal is not None else None
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return None
    return None if card is None else card.rpartition("/")[2].strip()


def _word(act: Act) -> str | None:
    try:
        return _says.decode(act.personal).word if act.personal is not None else None
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return None
