"""What a message says, and to which address: from what is true at the moment of sending. Pure: no I/O."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from backend.clock import VIETNAM, local_date
from backend.notices.model import Channel, Notice, Reason
from backend.notices.templates import LONGEST_SMS, PLAIN, VALUES, Template, values_of
from backend.staff.jwk import base64url
from backend.text import unmarked

BY_A_PERSON = frozenset({"call", "paper"})
NEVER_PUSHED = frozenset({"amount", "link", "key"})
"""Values that a screen does not show."""
_MOBILE = frozenset("35789")


class Truth(msgspec.Struct, frozen=True, kw_only=True):
    """What is so now about a case and the visit a notice is about. `window`: 07:00-08:00.

    `no_zalo`: the citizen said no to messages by Zalo, or takes a yes back. `stands`: its appointment is live. `stops`:
    visits the courier still has before it. `collected`: đồng, in it. `told_household`: the same phone was told for
    another case of the visit. `newer`: a later act says the same anew.
    """

    case_state: str
    erased: bool
    phone: str | None
    email: str | None
    tell_by: str | None
    no_zalo: bool
    shared_phone: bool
    code: str | None
    visit_state: str | None
    day: date | None
    time_window: str | None
    stands: bool
    stops: int
    collected: int
    post: str | None
    told_household: bool
    newer: bool


class Address(NamedTuple):
    channel: Channel
    to: str


class Worded(NamedTuple):
    """`subject`: of an e-mail."""

    subject: str | None
    text: str


def window_begins(day: date, window: str) -> datetime:
    """`window`: 07:00-08:00, in Việt Nam."""
    return datetime.combine(day, time.fromisoformat(window[:5]), VIETNAM).astimezone(UTC)


def is_true(template: Template, truth: Truth) -> bool:
    """Whether the message would still be right."""
    return not (
        (template.true_in and truth.case_state not in template.true_in)
        or (template.visit_in and truth.visit_state not in template.visit_in)
        or (template.appointment is not None and truth.stands != (template.appointment == "stands"))
    )


def address(template: Template, truth: Truth) -> Address | Reason:
    """The citizen's choice first, then as the template has them; or why a person must tell. Zalo only by choice,
    and never against a consent that was declined or withdrawn."""
    if truth.tell_by in BY_A_PERSON and not template.asked:
        return Reason.CHOSEN_PERSON
    known: dict[Channel, str | None] = {
        "push": None,  # it knows no address on file, and goes beside these
        "zalo": mobile(truth.phone) if truth.tell_by == "zalo" and not truth.no_zalo else None,
        "sms": mobile(truth.phone),
        "email": truth.email,
    }
    for channel in sorted(template.channels, key=lambda one: one != truth.tell_by):
        if (to := known[channel]) is not None:
            return Address(channel, to)
    return Reason.NO_CHANNEL


def mobile(phone: str | None) -> str | None:
    """E.164 of a number that can receive a message: a mobile one of Việt Nam, or one written with its country.

    A landline cannot: None.
    """
    figures = (phone or "").replace(" ", "").replace("+84", "0", 1)
    if figures.startswith("+"):
        return figures if 8 <= len(figures) <= 16 else None
    if len(figures) == 10 and figures[0] == "0" and figures[1] in _MOBILE:
        return f"+84{figures[1:]}"
    return None


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What a text is filled from. `body`: of the act. `papers`: taken in the visit. `link`: the citizen's page.
    `key`: the code that was asked for."""

    notice: Notice
    truth: Truth
    body: Mapping[str, Any]
    papers: int | None
    link: str | None
    key: str | None
    at: datetime


def worded(template: Template, channel: Channel, known: Known) -> Worded:
    """The first variant whose values are all known and that fits: the check of the file says that there is one.

    What is pushed is as neutral as on a shared phone: a screen that is locked shows it to whoever stands there, so it
    has no link in it either.
    """
    marked = channel == "email"
    values = {name: text for name, text in _values(known, marked=marked).items() if text is not None}
    if channel == "push":
        values = {name: text for name, text in values.items() if name not in NEVER_PUSHED}
    if not marked:
        values = {name: text if name == "link" else unmarked(text) for name, text in values.items()}
        values = {name: text for name, text in values.items() if len(text) <= VALUES[name] and PLAIN.issuperset(text)}
    texts = template.email if marked else template.sms
    fitting = (text.format(**values) for text in texts if values_of(text) <= values.keys())
    text = next(text for text in fitting if marked or len(text) <= LONGEST_SMS)
    return Worded(template.vi if marked else None, text)


def topic(template: Template, notice: Notice, line: str | None) -> str:
    """32 letters: a pushed message takes the place of an older one of the same topic that says less by now.

    `line`: of templates, of which the later replaces the earlier. What the owner must hear stands alone: nothing takes
    its place but the same notice once more. A household sees once that the courier comes.
    """
    if template.owner_too:
        about = notice.notice_id.hex
    elif line is not None:
        about = f"{notice.case_id.hex} {line}"
    elif template.once_a_visit and notice.visit_id is not None:
        about = f"{notice.visit_id.hex} {template.name}"
    else:
        about = f"{notice.case_id.hex} {template.name} {notice.visit_id}"
    return base64url(hashlib.sha256(about.encode()).digest()[:24])


def _values(known: Known, *, marked: bool) -> dict[str, str | None]:
    truth, shared = known.truth, known.truth.shared_phone
    return {
        "day": _day(truth.day),
        "window": None if truth.time_window is None else _window(truth.time_window, marked=marked),
        "stops": str(truth.stops) if truth.stops else None,
        "papers": None if known.papers is None else str(known.papers),
        "amount": None if shared else f"{truth.collected:,}".replace(",", ".") + ("\u00a0đồng" if marked else "d"),
        "today": "trong hom nay" if local_date(known.at) == local_date(known.notice.occurred_at) else None,
        "code": None if truth.code is None else truth.code[-4:],
        "due": _day(_date(known.body.get("due_on"))),
        "until": _day(_date(known.body.get("until"))),
        "post": truth.post,
        "link": known.link,
        "key": known.key,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else f"{day:%d/%m}"


def _date(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _window(window: str, *, marked: bool) -> str:
    """7g00-8g00, as it is written in messages."""
    begin, _, end = window.partition("-")
    hours = (f"{int(one[:2])}{':' if marked else 'g'}{one[3:]}" for one in (begin, end))
    return "-".join(hours)


def papers_taken(commands: Sequence[Mapping[str, Any]], visit: UUID | None) -> int | None:
    """`commands`: bodies of `take_papers`."""
    if visit is None:
        return None
    return sum(len(body["papers"]) for body in commands if body.get("visit_id") == str(visit))
