"""Forms for what waits: a person decides about an act in review, a second one signs it too, or clears an exception.

Pure: no I/O.
"""

from collections.abc import Iterator
from uuid import UUID

from backend.acts.rules import current, load
from backend.staff.model import Clerk
from backend.sync.own import PROVINCE_WIDE
from backend.sync.review import NOBODYS
from backend.web.forms.field import Field, Filled, Form, Written, hidden, note_field, options, with_note
from backend.web.forms.situation import Situation
from backend.web.views import ExceptionView, ProposalView, WaitingView
from backend.web.words import LOOKED, RESOLUTIONS, Words, decided_words, exception_words, waiting_words

OFFERED = ("apply", "set_aside")
"""Which resolutions a form offers: which other case is meant, says a program that shows it."""
UNREADABLE = NOBODYS | {"unknown-kind", "unreadable-body", "wrong-subject"}
"""There is nothing that could take effect."""
TAKES_TWO = Words(
    "Việc về tiền hoặc giấy tờ: quyết định chỉ được thực hiện khi có người thứ hai ký cùng.",
    "Money or papers: what you decide is carried out when a second person countersigns it.",
)
REPLACES = Words(
    "Quyết định mới thay cho quyết định đang chờ ký cùng.",
    "A new decision replaces the one that waits to be countersigned.",
)


def clear_exception(about: Situation) -> Iterator[Form]:
    yield from map(clearing, about.case.exceptions)


def clearing(opened: ExceptionView) -> Form:
    """`on`, `subject`: for a page that shows more than one case."""
    crossed = exception_words(opened.reason, opened.machine, opened.state)
    return Form(
        kind="clear_exception",
        title=Words(f"Giải quyết: {crossed}", f"Clear: {crossed}"),
        fields=(
            hidden("exception", opened.exception_id),
            hidden("on", opened.subject_kind),
            hidden("subject", opened.case_id),
            _why(),
            note_field(),
        ),
    )


def exception_cleared(_about: Situation, filled: Filled, _act: UUID) -> Written:
    return cleared(filled)


def cleared(filled: Filled) -> Written:
    """The body that clears one."""
    body = {"exception_id": str(filled.id("exception")), "reason": filled.choice("reason", LOOKED)}
    return with_note(body, filled)


def _why() -> Field:
    return Field(name="reason", words=Words("Lý do", "Reason"), kind="select", value="seen", options=options(LOOKED))


def resolve_review(about: Situation) -> Iterator[Form]:
    for waiting in about.case.reviews:
        if waiting.standing == "review":
            yield _decision(waiting)


def _decision(waiting: WaitingView) -> Form:
    """Where somebody has decided already and a second person is awaited, it is there if needed."""
    doing, decided = waiting_words(waiting), waiting.proposal is not None
    title = Words("Quyết định lại", "Decide again") if decided else Words("Xem xét", "Review")
    return Form(
        kind="resolve_review",
        title=Words(f"{title.vi}: {doing.vi}", f"{title.en}: {doing.en}"),
        note=_beforehand(waiting),
        main=not decided,
        fields=(
            hidden("made_by", waiting.made_by),
            hidden("about", waiting.id),
            Field(
                name="resolution",
                words=Words("Quyết định", "Decision"),
                kind="radio",
                value="set_aside" if waiting.reason in (*UNREADABLE, "repeats-paper") else "apply",
                options=options({code: RESOLUTIONS[code] for code in OFFERED}),
            ),
            _why(),
            note_field(),
        ),
    )


def _beforehand(waiting: WaitingView) -> Words | None:
    """What the decider should know: why it waits, and that a second person is needed."""
    told = [] if waiting.detail is None else [Words(waiting.detail, waiting.detail)]
    told += [TAKES_TWO] if waiting.needs_second else []
    told += [REPLACES] if waiting.proposal is not None else []
    return Words(" ".join(one.vi for one in told), " ".join(one.en for one in told)) if told else None


def review_resolved(_about: Situation, filled: Filled, _act: UUID) -> Written:
    body = {
        "made_by": str(filled.id("made_by")),
        "act_id": str(filled.id("about")),
        "resolution": filled.choice("resolution", OFFERED),
        "reason": filled.choice("reason", LOOKED),
    }
    return with_note(body, filled)


def countersign_review(about: Situation) -> Iterator[Form]:
    for waiting in about.case.reviews:
        if waiting.proposal is not None and may_sign(about.clerk, waiting, waiting.proposal):
            yield signature(waiting, waiting.proposal)


def may_sign(clerk: Clerk, waiting: WaitingView, proposal: ProposalView) -> bool:
    """Whether the clerk may be the second person: has no part in it, and a role for it where it belongs."""
    roles = load(current()).act("countersign_review").roles
    return clerk.person_id not in proposal.involved and any(
        post.role in roles and (post.role in PROVINCE_WIDE or post.unit_id in waiting.units) for post in clerk.posts
    )


def signature(waiting: WaitingView, proposal: ProposalView) -> Form:
    """One button: what it agrees to is said beside it. `on`, `subject`: for a page that shows more than one case."""
    doing = waiting_words(waiting)
    return Form(
        kind="countersign_review",
        title=Words(f"Ký cùng: {doing.vi}", f"Countersign: {doing.en}"),
        button=Words("Ký cùng", "Countersign"),
        note=decided_words(proposal),
        fields=(
            hidden("made_by", proposal.made_by),
            hidden("decision", proposal.id),
            hidden("on", waiting.subject_kind),
            hidden("subject", waiting.subject_id),
        ),
    )


def countersigned(_about: Situation, filled: Filled, _act: UUID) -> Written:
    return Written(signed(filled))


def signed(filled: Filled) -> dict[str, str]:
    """The body of a signature."""
    return {"made_by": str(filled.id("made_by")), "act_id": str(filled.id("decision"))}
