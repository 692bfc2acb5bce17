"""Who may stand as a witness (F06): an adult who signs too, is not the courier, and gains nothing. Pure: no I/O."""

from collections.abc import Iterable, Sequence
from datetime import date

from backend.dossiers.party_model import Party
from backend.procedures.people import age
from backend.signatures.model import Sign, Witness, WitnessTold


def is_named_and_signed(body: Sign, told: Sequence[WitnessTold]) -> bool:
    """Each by name and a number of a paper, and under their own signature."""
    return len(told) == len(body.witnesses) and all(
        who.identity is not None and (one.strokes_sha256 or one.page_id)
        for one, who in zip(body.witnesses, told, strict=True)
    )


def is_one_of(told: Iterable[WitnessTold], names: Iterable[str]) -> bool:
    """By name alone: of staff no number is on file."""
    known = {_plain(name) for name in names}
    return any(_plain(who.name) in known for who in told)


def gains(told: Iterable[WitnessTold], parties: Iterable[Party]) -> bool:
    """Whoever is in the case has something from it: owner, filer, who acts for them, who receives. By number where both
    have one, else by name."""
    return any(_is_same(who, party) for who in told for party in parties if party.live)


def _is_same(who: WitnessTold, party: Party) -> bool:
    identity = party.number or party.old_number or party.passport
    if who.identity is not None and identity is not None:
        return who.identity == identity
    return _plain(who.name) == _plain(party.name)


def _plain(name: str) -> str:
    """Tone marks tell names apart; capitals and blanks do not."""
    return " ".join(name.casefold().split())


def are_adult(witnesses: Sequence[Witness], told: Sequence[WitnessTold], on: date, years: int) -> bool:
    """By the birth date, where it is told; else by a look at the card. A year alone: if born on its last day."""
    return all(_is_adult(one, who, on, years) for one, who in zip(witnesses, told, strict=False))


def _is_adult(one: Witness, who: WitnessTold, on: date, years: int) -> bool:
    if who.born is None:
        return one.adult_by == "card_seen"
    least, most = age(who.born, on)
    return least >= years or (most >= years and one.adult_by == "card_seen")
