"""Forms of an agency that gives a dossier back: as the citizen asked, or because it does not take it. Pure: no I/O."""

from collections.abc import Iterator
from uuid import UUID

from backend.web.forms.field import Field, Filled, Form, Written, note_field, options, with_note
from backend.web.forms.situation import Situation
from backend.web.words import Words, act_words

WHY = {
    "not_of_this_agency": Words("Không thuộc thẩm quyền giải quyết", "Not within the agency's competence"),
    "not_eligible": Words("Không đủ điều kiện theo quy định", "The conditions are not met"),
    "other": Words("Lý do khác (ghi rõ)", "Another reason (say which)"),
}


def accept_withdrawal(about: Situation) -> Iterator[Form]:
    if about.case.withdrawal_asked:
        yield Form(
            kind="accept_withdrawal",
            title=act_words("accept_withdrawal"),
            note=Words(
                "Công dân đã yêu cầu rút. Giấy tờ được trả về tận nhà.",
                "The citizen asked for it back. The papers go home.",
            ),
            fields=(note_field(),),
        )


def withdrawal_accepted(_about: Situation, filled: Filled, _act: UUID) -> Written:
    return with_note({}, filled)


def refuse_dossier(_about: Situation) -> Iterator[Form]:
    yield Form(
        kind="refuse_dossier",
        main=False,
        title=act_words("refuse_dossier"),
        note=Words(
            "Công dân được báo, và giấy tờ đã nhận được trả về tận nhà.",
            "The citizen is told, and papers taken go home.",
        ),
        fields=(
            Field(
                name="reason",
                words=Words("Lý do", "Reason"),
                kind="select",
                value="not_of_this_agency",
                options=options(WHY),
            ),
            note_field(),
        ),
    )


def dossier_refused(_about: Situation, filled: Filled, _act: UUID) -> Written:
    return with_note({"reason": filled.choice("reason", WHY)}, filled)
