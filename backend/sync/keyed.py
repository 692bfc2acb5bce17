"""What only a key or a sealed part tells: labels that are printed, words and tokens of citizens' cards, codes sent
to owners."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from backend.acts import queries as acts
from backend.acts.model import Act
from backend.database import Transaction
from backend.dossiers import queries as dossiers
from backend.dossiers.tokens import stored
from backend.keys import KeyRing
from backend.notices import codes
from backend.parcels import labels
from backend.parcels import queries as parcels
from backend.parcels.cards import is_word_of
from backend.parcels.model import PrintLabelSets
from backend.presence.model import OnSite
from backend.sync.world import World


class _Spoken(msgspec.Struct, frozen=True):
    """The personal part of a hand-over: the word that the recipient said, if one was asked for."""

    word: str | None = None


class _Proved(msgspec.Struct, frozen=True):
    """Of a body: what the owner was known by."""

    proved_by: str | None = None


class _ReadOut(msgspec.Struct, frozen=True):
    """Of a personal part: the code that the owner read out."""

    code: str | None = None


_prints = msgspec.json.Decoder(PrintLabelSets)
_says = msgspec.json.Decoder(_Spoken)
_proves, _hears = msgspec.json.Decoder(_Proved), msgspec.json.Decoder(_ReadOut)
PROVED = frozenset({"change_contact", "change_address", "change_recipient", "change_result_way"})
"""What only an owner does who is known."""
_reads = msgspec.json.Decoder(OnSite)


async def look_up_by_key(tx: Transaction, ring: KeyRing, world: World, ready: Sequence[Act]) -> None:
    """Beforehand, so that the decision itself needs neither keys nor database."""
    for act in ready:
        if act.envelope.kind == "print_label_sets":
            _print(ring, world, act)
        elif act.envelope.kind == "hand_over_result" and (word := _word(act)) is not None:
            cards = await parcels.cards_of(tx, act.subject[1])
            if codes.is_right(ring, word.strip(), await _sent(tx, act)):
                world.note("right_word", act.key)
            elif cards:
                world.note("right_word" if is_word_of(ring, word, cards) else "wrong_word", act.key)
        elif act.envelope.kind in PROVED and (code := _code(act)) is not None:
            if codes.is_right(ring, code, await _sent(tx, act, by=act.envelope.actor)):
                world.note("owner_code", act.key)
        elif act.envelope.kind == "record_arrival" and await _reads_card_of(tx, act):
            world.note("card", act.key)


async def _sent(tx: Transaction, act: Act, *, by: UUID | None = None) -> list[codes.Sent]:
    """Codes of the case that were not too old when it was done. `by`: those alone that this person had sent."""
    since = act.occurred_at - codes.LASTS
    return await acts.made_between(tx, act.subject[1], "send_code", since, act.occurred_at, by=by)


def _code(act: Act) -> str | None:
    """As it was typed, where the owner was known by it."""
    try:
        if act.personal is None or _proves.decode(act.envelope.body).proved_by != "code":
            return None
        code = _hears.decode(act.personal).code
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return None
    return None if code is None else code.replace(" ", "")


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
