"""What can only be known or made with a key of the installation: labels that are printed, words on citizens' cards."""

from collections.abc import Sequence

import msgspec

from backend.acts.model import Act
from backend.database import Transaction
from backend.keys import KeyRing
from backend.parcels import labels
from backend.parcels import queries as parcels
from backend.parcels.cards import is_word_of
from backend.parcels.model import PrintLabelSets
from backend.sync.world import World


class _Spoken(msgspec.Struct, frozen=True):
    """The personal part of a hand-over: the word that the recipient said, if one was asked for."""

    word: str | None = None


_prints = msgspec.json.Decoder(PrintLabelSets)
_says = msgspec.json.Decoder(_Spoken)


async def look_up_by_key(tx: Transaction, ring: KeyRing, world: World, ready: Sequence[Act]) -> None:
    """Beforehand, so that the decision itself needs neither keys nor database."""
    for act in ready:
        if act.envelope.kind == "print_label_sets":
            _print(ring, world, act)
        elif act.envelope.kind == "hand_over_result" and (word := _word(act)) is not None:
            cards = await parcels.cards_of(tx, act.subject[1])
            if cards and not is_word_of(ring, word, cards):
                world.note("wrong_word", act.key)


def _print(ring: KeyRing, world: World, act: Act) -> None:
    try:
        body = _prints.decode(act.envelope.body)
    except (msgspec.MsgspecError, RecursionError):
        return  # deciding says so
    if body.first == world.next_set_number:
        world.printed[act.key] = list(labels.printed(ring, body.numbers, act.subject[1], act.received_at))


def _word(act: Act) -> str | None:
    try:
        return _says.decode(act.personal).word if act.personal is not None else None
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return None
