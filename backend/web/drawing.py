"""What every page of a desk shows around it, and forms drawn again with what was typed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response
from litestar.datastructures import FormMultiDict
from msgspec.structs import replace

from backend.acts.rules import current, load
from backend.clock import local_date
from backend.database import Transaction
from backend.documents import stages
from backend.errors import Invalid, Refusal
from backend.staff.guards import FORM_FIELD, entrance_of
from backend.staff.model import ANSWERING, NAMES, Clerk, Reach, Role
from backend.web import incident_queries, listing, office_queries, urging_queries
from backend.web.forms.bags import BAGGING
from backend.web.forms.closing import SIGNING
from backend.web.forms.field import Field, Form
from backend.web.forms.incidents import REPORTING
from backend.web.forms.label_sets import PRINTING
from backend.web.forms.own_day import BEHIND_COUNTERS
from backend.web.forms.registering import REGISTERING
from backend.web.forms.situation import Situation
from backend.web.forms.table import KINDS
from backend.web.pages import page
from backend.web.reading import READERS
from backend.web.sign_in import form_token
from backend.web.views import Scope
from backend.web.words import ROLES_EN, Words

MAKERS = tuple(Role(role) for role in load(current()).act("invite_device").roles)
"""Who makes the codes that let phones in."""
LENDERS = tuple(Role(role) for role in load(current()).act("lend_device").roles)
"""Who makes the codes with which spare phones are lent."""
LENGTHENERS = tuple(Role(role) for role in load(current()).act("extend_lease").roles)
"""Who reads out the codes that let a phone be read for longer."""
CALLERS = tuple(Role(role) for role in load(current()).act("confirm_call").roles)
"""Who may record what a citizen said in the call before the visit."""
OVERSEEING = (Role.SUPERVISOR,)
"""Who follows every unit of the province."""
ASKING_BACK = tuple(Role(role) for role in load(current()).act("record_call_back").roles)
"""Who asks citizens after a visit."""
ANSWERING_URGINGS = tuple(Role(role) for role in load(current()).act("answer_urging").roles)
"""Who answers for a unit that is urged."""
_OURS = frozenset({FORM_FIELD, "act", "kind", "base"})


class FormBroken(Invalid):
    """Biểu mẫu này không đọc được."""


def texts_of(sent: FormMultiDict) -> dict[str, list[str]]:
    """What was typed, by the name of the field."""
    return {name: [text for text in sent.getall(name) if isinstance(text, str)] for name in sent}


class Typed(msgspec.Struct, frozen=True, kw_only=True):
    """A form as it came back. `base`: the version of the case it was drawn from."""

    kind: str
    act: UUID
    base: int
    values: dict[str, list[str]]

    @classmethod
    def of(cls, sent: FormMultiDict) -> "Typed":
        """Raises FormBroken for what no form of ours sends."""
        texts = texts_of(sent)
        try:
            act, base = UUID(texts["act"][0]), int(texts["base"][0])
            kind = texts["kind"][0]
        except (KeyError, IndexError, ValueError):
            raise FormBroken("Tải lại trang rồi gửi lại biểu mẫu.") from None
        if not 0 <= base < 2**31:
            raise FormBroken("Tải lại trang rồi gửi lại biểu mẫu.")
        values = {name: found for name, found in texts.items() if name not in _OURS}
        return cls(kind=kind, act=act, base=base, values=values)


def redrawn(forms: Sequence[Form], typed: Typed | None, about: Situation | None = None) -> list[Form]:
    """The forms, the one that was refused with what was typed, and its own id again: nothing of it was kept.

    It is shown also when the rules no longer offer it, so that nobody loses what they wrote.
    """
    if typed is None:
        return list(forms)
    alike = [form for form in forms if form.kind == typed.kind]
    if not alike and about is not None and typed.kind in KINDS:
        alike = list(KINDS[typed.kind].draw(about))
    meant = next((form for form in alike if _is_meant(form, typed)), None)
    if meant is None:
        return list(forms)
    again = replace(meant, act=typed.act, fields=[_with_typed(field, typed) for field in meant.fields], main=True)
    return [again, *(form for form in forms if form is not meant)]


def _is_meant(form: Form, typed: Typed) -> bool:
    """Of several forms of one kind, the one about the same thing."""
    return all(typed.values.get(field.name) == [field.value] for field in form.fields if field.kind == "hidden")


def _with_typed(field: Field, typed: Typed) -> Field:
    return replace(field, value="\n".join(typed.values.get(field.name, ())))


def incident_scope(clerk: Clerk) -> Scope:
    """Incidents that concern the clerk's offices, or all."""
    return Scope(sorted(clerk.units(*REPORTING)), everywhere=clerk.reach is Reach.PROVINCE)


def urging_scope(clerk: Clerk) -> Scope:
    """What the clerk's offices are urged about, or all."""
    return Scope(sorted(clerk.units(*ANSWERING_URGINGS)), everywhere=clerk.holds(*OVERSEEING))


async def shell(request: Request[Any, Any, Any], clerk: Clerk, tx: Transaction) -> dict[str, Any]:
    """Who is signed in, as what and where, and where they may go."""
    entrance = entrance_of(request)
    lines = {unit.id: unit for unit in await office_queries.units_on(tx, local_date(entrance.clock()))}
    by_unit: dict[str, list[Words]] = {}
    for held in sorted(clerk.posts, key=lambda post: (post.role, post.unit_id)):
        name = lines[held.unit_id].name if held.unit_id in lines else "Đơn vị cũ"
        by_unit.setdefault(name, []).append(Words(NAMES[held.role], ROLES_EN[held.role]))
    return {
        "clerk": clerk,
        "form_token": form_token(entrance, clerk),
        "posts": by_unit,
        "may_register": clerk.holds(*REGISTERING),
        "may_oversee": clerk.holds(*OVERSEEING),
        "may_assign_stages": clerk.holds(*stages.ASSIGNING),
        "may_qualify": clerk.holds(*ANSWERING),
        "may_enrol": clerk.holds(*MAKERS),
        "may_lend": clerk.holds(*LENDERS),
        "may_lengthen": clerk.holds(*LENGTHENERS),
        "may_tell_citizens": clerk.holds(*READERS),
        "may_call": clerk.holds(*CALLERS),
        "may_call_back": clerk.holds(*ASKING_BACK),
        "may_scan": clerk.holds(*READERS),
        "may_bag": clerk.holds(*BAGGING),
        "may_close": clerk.holds(*SIGNING, *BEHIND_COUNTERS),
        "may_report": clerk.holds(*REPORTING),
        "incident_count": await incident_queries.open_count(tx, incident_scope(clerk))
        if clerk.holds(*REPORTING)
        else 0,
        "sees_urgings": clerk.holds(*OVERSEEING, *ANSWERING_URGINGS),
        "urging_count": await urging_queries.open_count(tx, urging_scope(clerk))
        if clerk.holds(*OVERSEEING, *ANSWERING_URGINGS)
        else 0,
        "may_keep_labels": clerk.holds(*PRINTING),
        "waiting_count": await office_queries.waiting_count(tx, listing.review_scope(clerk)),
        "now": entrance.clock(),
    }


def pointer_of(refused: Refusal | None) -> str | None:
    """The name of the field that must be put right, if the refusal says which."""
    pointer = refused.pointer if isinstance(refused, Invalid) else None
    return None if pointer is None else pointer.rpartition("/")[2]


async def desk_page(
    request: Request[Any, Any, Any],
    clerk: Clerk,
    tx: Transaction,
    template: str,
    *,
    typed: Typed | None = None,
    refused: Refusal | None = None,
    **more: Any,
) -> Response[str]:
    """A page of a desk. `typed`, `refused`: the form that came back, and why what it says was not done."""
    shown: dict[str, Any] = await shell(request, clerk, tx)
    shown |= {"sent": None if typed is None else typed.act, "done": request.query_params.get("done")}
    shown |= {"refused": refused, "wrong": pointer_of(refused)} | more
    return page(request, template, status=200 if refused is None else refused.status, **shown)
