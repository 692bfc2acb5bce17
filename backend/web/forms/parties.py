"""Forms that put right who is who in a case: a registration corrected, another recipient. Pure: no I/O."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from backend.dossiers.party_model import PartyRole
from backend.ids import derived
from backend.web.forms.field import Field, Filled, FilledWrong, Form, Option, Written, hidden, options
from backend.web.forms.party_fields import party_fields, read_party
from backend.web.forms.proving import OWNER_ALONE, proof_fields, read_code, read_proof
from backend.web.forms.situation import Situation
from backend.web.party_views import PartyView
from backend.web.party_words import ROLES, in_order
from backend.web.words import Words, act_words

NEW = "new"
WHO = "who_"
"""Before the names of the fields about somebody."""


def correct_registration(about: Situation) -> Iterator[Form]:
    """One for everybody in the case, and one for somebody who is not in it yet."""
    parties = [party for party in in_order(about.case.parties) if party.role != PartyRole.RECIPIENT]
    for party in parties:
        owner = party.role == PartyRole.OWNER
        yield Form(
            kind="correct_registration",
            title=_title("correct_registration", ROLES[PartyRole(party.role)]),
            main=owner and about.case.state == "mismatch",
            fields=(
                hidden("party", party.party_id),
                *party_fields(WHO, party),
                _code(about) if owner else _gone(),
            ),
        )
    yield Form(
        kind="correct_registration",
        title=_title("correct_registration", Words("Thêm người", "Somebody more")),
        main=False,
        fields=(
            hidden("party", NEW),
            Field(
                name="role",
                words=Words("Là ai trong hồ sơ", "Who they are"),
                kind="select",
                value=PartyRole.FILER,
                options=options({role: said for role, said in ROLES.items() if role is not PartyRole.RECIPIENT}),
            ),
            *party_fields(WHO),
        ),
        tried={f"{WHO}name": "…"},
    )


def registration_corrected(about: Situation, filled: Filled, act: UUID) -> Written:
    body: dict[str, Any] = {"dossier_code": filled.maybe("dossier_code", longest=40)}
    known = _known(about, filled)
    if known is not None and filled.many("gone"):
        return Written(body | {"removes": [str(known.party_id)]})
    role = known.role if known is not None else filled.choice("role", ROLES)
    return Written(body, {"parties": [_told(filled, role, known, act)]})


def change_recipient(about: Situation) -> Iterator[Form]:
    known = [party for party in about.case.parties if party.role == PartyRole.RECIPIENT]
    for party in known or [None]:
        yield Form(
            kind="change_recipient",
            title=act_words("change_recipient"),
            main=False,
            note=OWNER_ALONE,
            fields=(
                hidden("party", NEW if party is None else str(party.party_id)),
                *proof_fields(about),
                *party_fields(WHO, party),
                *([] if party is None else [_gone()]),
            ),
            tried={f"{WHO}name": "…", "proved_by": "card_seen"},
        )


def recipient_changed(about: Situation, filled: Filled, act: UUID) -> Written:
    body, code = read_proof(filled), read_code(filled)
    known = _known(about, filled)
    if known is not None and filled.many("gone"):
        return Written(body | {"removes": [str(known.party_id)]}, code or None)
    return Written(body, {"parties": [_told(filled, PartyRole.RECIPIENT, known, act)]} | code)


def _told(filled: Filled, role: str, known: PartyView | None, act: UUID) -> dict[str, Any]:
    party = derived("party", act.hex) if known is None else known.party_id
    own = {"relation": "owner"} if role == PartyRole.OWNER else {}
    return {"party_id": str(party), "role": role, **read_party(filled, WHO, known), **own}


def _known(about: Situation, filled: Filled) -> PartyView | None:
    """None for somebody new."""
    if filled.maybe("party") == NEW:
        return None
    party = filled.id("party")
    found = next((one for one in about.case.parties if one.party_id == party), None)
    if found is None:
        raise FilledWrong("Người này không còn trong hồ sơ. Tải lại trang rồi chọn lại.", pointer="/party")
    return found


def _title(kind: str, who: Words) -> Words:
    said = act_words(kind)
    return Words(f"{said.vi}: {who.vi}", f"{said.en}: {who.en}")


def _code(about: Situation) -> Field:
    words = Words("Mã hồ sơ", "Dossier code")
    return Field(name="dossier_code", words=words, value=about.case.dossier_code or "", required=False)


def _gone() -> Field:
    return Field(
        name="gone",
        words=Words("Ghi nhầm", "By mistake"),
        kind="checks",
        required=False,
        options=(Option("yes", Words("Bỏ người này khỏi hồ sơ", "Take this person out")),),
    )
