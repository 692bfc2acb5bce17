"""What holds for people on a day, whatever the procedure: how papers are signed, by what somebody is known, who may
receive, what relatives need, what citizens are told and asked. `data/people.json`: dated, a sample until the province
publishes its own."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import TypeVar

import msgspec

from backend.procedures.model import Authority, Content, MayAct, RecipientClass, Relation, SignatureMode, Signing

DECLARATION = "declaration"
"""The kind of every signed paper that has none of its own."""


class _Dated(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`recalled`: from memory. `valid_until`: the first day on which it no longer holds."""

    valid_from: date | None = None
    valid_until: date | None = None
    source: str | None = None
    recalled: bool = False

    def holds(self, on: date) -> bool:
        return (self.valid_from or on) <= on and (self.valid_until is None or on < self.valid_until)


class Usual(_Dated, frozen=True, kw_only=True):
    """How a kind of paper is signed where the procedure says nothing else (F06)."""

    document: str
    modes: tuple[SignatureMode, ...]
    witnesses: int


class MeansRow(_Dated, frozen=True, kw_only=True):
    """A means by which somebody is known for certain (F05)."""

    means: str


class Ages(_Dated, frozen=True, kw_only=True):
    """Years: from which one may witness, receive for another, receive what is one's own, answer for oneself; and from
    which a child is asked too."""

    witness: int
    recipient: int
    owner: int
    adult: int
    child_answers: int


class Receiving(_Dated, frozen=True, kw_only=True):
    """What is looked at before a result leaves our hands, by class (F07), and what stands in for a missing word."""

    recipients: RecipientClass
    evidence: tuple[str, ...]
    instead_of_word: tuple[str, ...]


class Kinship(_Dated, frozen=True, kw_only=True):
    """Relatives whose mandate needs no certification. `proof`: but kinship is to be shown."""

    relations: tuple[Relation, ...]
    proof: bool


class Text(_Dated, frozen=True, kw_only=True):
    version: str
    vi: str
    en: str

    @property
    def sha256(self) -> str:
        return sha256(self.vi.encode()).hexdigest()


class NoticeText(Text, frozen=True, kw_only=True):
    """Thông báo xử lý dữ liệu: told, never asked (F19)."""

    notice: str


class ExtraText(Text, frozen=True, kw_only=True):
    """One question of its own, refusable without any effect. `private_life`: a child is asked too. `asked`: no where
    nothing is done yet that the answer would allow."""

    extra: str
    private_life: bool
    asked: bool = True


class File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    about: str
    signing: tuple[Usual, ...]
    means: tuple[MeansRow, ...]
    ages: tuple[Ages, ...]
    receiving: tuple[Receiving, ...]
    kinship: tuple[Kinship, ...]
    notices: tuple[NoticeText, ...]
    extras: tuple[ExtraText, ...]


D = TypeVar("D", bound=_Dated)


@cache
def file() -> File:
    text = resources.files("backend.procedures").joinpath("data", "people.json").read_bytes()
    return msgspec.json.decode(text, type=File)


def _on(rows: Iterable[D], on: date) -> list[D]:
    return [row for row in rows if row.holds(on)]


def signing(content: Content | None, document: str, on: date) -> Signing:
    """How a paper is signed: as its line in the procedure's list says, else the procedure for its kind, else as usual.

    A paper that has no kind of its own is a declaration."""
    usual = {row.document: row for row in _on(file().signing, on)}
    kind = document if document in usual else DECLARATION
    own = next((row for row in (content.signing if content else None) or () if row.document in (document, kind)), None)
    known = own or Signing(document=kind, modes=usual[kind].modes, witnesses=usual[kind].witnesses)
    listed = next((one for one in (content.components if content else None) or () if one.code == document), None)
    if own is None and listed is not None and listed.signatures:
        return msgspec.structs.replace(known, modes=listed.signatures)
    return known


def is_known_by(means: str, on: date) -> bool:
    """Whether somebody is known for certain by that, on that day."""
    return any(row.means == means for row in _on(file().means, on))


def ages(on: date) -> Ages:
    return _on(file().ages, on)[0]


def receiving(recipients: str | None, on: date) -> Receiving:
    """Of a class; where nobody knows it, of the owner alone."""
    wanted = recipients or RecipientClass.OWNER
    return next(row for row in _on(file().receiving, on) if row.recipients == wanted)


def notices(on: date) -> list[NoticeText]:
    return _on(file().notices, on)


def extras(on: date) -> list[ExtraText]:
    """What is asked on that day."""
    return [one for one in _on(file().extras, on) if one.asked]


class Shown(msgspec.Struct, frozen=True):
    """A paper by which somebody acts for the owner."""

    authority: Authority
    kinship_proved: bool = False


def may_act(acting: Sequence[MayAct] | None, relation: str | None, shown: Iterable[Shown], on: date) -> bool:
    """Whether that relation may act with what it has shown. What nobody has found out stops nobody."""
    shown = list(shown)
    if acting is None:
        return True
    if all(row.authority is Authority.IN_PERSON or row.who is Relation.OWNER for row in acting):
        return relation == Relation.OWNER
    if relation is None or relation in (Relation.OWNER, Relation.REPRESENTATIVE):
        return True
    if relation == Relation.EMPLOYEE and any(one.authority is Authority.INTRODUCTION for one in shown):
        return True
    rows = [row for row in acting if row.who == relation] or [row for row in acting if row.who is Relation.ANYONE]
    return any(_is_enough(row.authority, Relation(relation), one, on) for row in rows for one in (None, *shown))


def _is_enough(wanted: Authority, relation: Relation, shown: Shown | None, on: date) -> bool:
    if wanted is Authority.NONE:
        return True
    if shown is None:
        return False
    if shown.authority is Authority.CERTIFIED_MANDATE or shown.authority is wanted is Authority.INTRODUCTION:
        return wanted is not Authority.IN_PERSON
    if shown.authority is not Authority.MANDATE or wanted not in (Authority.MANDATE, Authority.CERTIFIED_MANDATE):
        return False
    kin = next((row for row in _on(file().kinship, on) if relation in row.relations), None)
    if kin is None:
        return wanted is Authority.MANDATE
    return shown.kinship_proved or not kin.proof


def age(born: str, on: date) -> tuple[int, int]:
    """Years that somebody has at least, and at most: the same where the day of birth is known.

    Of a day that no calendar has, as a phone may have written it at a door, the year alone counts."""
    try:
        day = date.fromisoformat(born)
    except ValueError:
        years = on.year - int(born[:4])
        return years - 1, years
    years = on.year - day.year - ((on.month, on.day) < (day.month, day.day))
    return years, years
