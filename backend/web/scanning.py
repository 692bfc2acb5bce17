"""Scan says what is next: what a scanned or typed code is, whether it may be used here, and what may be done on it now.

The answer comes from the rule table with the facts of this moment: of a case the forms that would take effect, of a
label set in stock what `offered` gives for the roles of whoever scans. A phone does the same offline by the same table.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec.structs import replace

from backend.acts.rules import NO_SUCH_ACT, current, load
from backend.clock import local_date
from backend.database import Transaction
from backend.keys import KeyRing
from backend.staff.model import Clerk
from backend.sync.own import PROVINCE_WIDE
from backend.web import listing, office_queries, queries, reading
from backend.web.forms.field import Form
from backend.web.identifying import OF_A_PARCEL, UNKNOWN, Identified, What, identify
from backend.web.label_sets import PATH as STOCK
from backend.web.label_views import ScannedSet
from backend.web.reading import scope_of
from backend.web.views import CaseView
from backend.web.words import Words, act_words, state_words


class NextStep(msgspec.Struct, frozen=True):
    """What may be done now, with the words of its button. `path`: the page to do it on."""

    kind: str
    vi: str
    en: str
    path: str


class Scanned(msgspec.Struct, frozen=True, kw_only=True):
    """`says`: one sentence for whoever scanned. `case_id`, `number`: of the case and the label set, where they may be
    known. `state`: of the set, or of the parcel on the road."""

    what: What
    says: str
    says_en: str
    usable: bool
    number: int | None = None
    state: str | None = None
    state_vi: str | None = None
    case_id: UUID | None = None
    next: Sequence[NextStep] = ()


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """`forms`: of the case, ready to be sent; what was scanned is chosen in them."""

    scanned: Scanned
    case: CaseView | None = None
    forms: Sequence[Form] = ()


async def seen(own: Transaction, services: Transaction, ring: KeyRing, clerk: Clerk, text: str, at: datetime) -> Seen:
    """`own`: sees what the clerk may see. Raises WrongLookUpNumber, TooManyLookUps."""
    found = await identify(services, ring, clerk, text.strip(), at)
    if found.case is not None:
        return await _of_case(own, services, clerk, found, found.case, at)
    if found.label_set is not None:
        return Seen(scanned=await _of_stock(services, clerk, found, found.label_set, at))
    return Seen(scanned=_useless(found, found.useless or UNKNOWN["nothing"]))


def _useless(found: Identified, why: Words) -> Scanned:
    number = None if found.label_set is None else found.label_set.number
    return Scanned(what=found.what, says=why.vi, says_en=why.en, usable=False, number=number)


async def _of_case(
    own: Transaction, services: Transaction, clerk: Clerk, found: Identified, case: UUID, at: datetime
) -> Seen:
    if not await queries.may_see(own, scope_of(clerk), case):
        post = (await office_queries.handling_names(services, [case]))[case]
        vi = f"Mã này thuộc hồ sơ của đơn vị khác. Chuyển cho {post}."
        return Seen(scanned=_useless(found, Words(vi, f"This belongs to another office. Pass it to {post}.")))
    shown = await reading.view(own, services, clerk, case)
    label = found.label_set.label if found.label_set is not None and found.what in OF_A_PARCEL else None
    parcel = next((one for one in shown.parcels if label is not None and one.label == label), None)
    if parcel is None and label is not None:
        return Seen(scanned=_replaced(found, shown), case=shown)
    offered = (await listing.before(own, services, clerk, shown, at)).forms
    forms = _about(offered, None if parcel is None else parcel.parcel_id)
    stands = state_words(shown.state) if parcel is None else state_words(parcel.state, "parcel")
    subject = Words("Hồ sơ", "Case") if parcel is None else Words("Bưu gửi", "Parcel")
    then = _NEXT if forms else _NOT_YOURS
    scanned = Scanned(
        what=found.what,
        says=f"{subject.vi}: {stands.vi}. {then.vi}",
        says_en=f"{subject.en}: {stands.en}. {then.en}",
        usable=True,
        number=None if found.label_set is None else found.label_set.number,
        state=shown.state if parcel is None else parcel.state,
        state_vi=stands.vi,
        case_id=case,
        next=[NextStep(one.kind, one.title.vi, one.title.en, f"/desk/cases/{case}") for one in forms],
    )
    return Seen(scanned=scanned, case=shown, forms=forms)


_NEXT = Words("Việc kế tiếp ở dưới.", "What is next stands below.")
_NOT_YOURS = Words("Bước này không chờ vai trò của ông/bà.", "This step does not wait for your role.")


def _replaced(found: Identified, case: CaseView) -> Scanned:
    """The label was on a parcel of the case, and another has taken its place."""
    old = found.label_set.parcel_id if found.label_set is not None else None
    number = next((one.number for one in case.parcels if one.parcel_id == old), None)
    new = Words("nhãn khác", "another") if number is None else Words(*[f"{number:05}"] * 2)
    why = Words(
        f"Nhãn đã thay bằng {new.vi}. Quét nhãn mới trên bưu gửi.",
        f"This label was replaced by {new.en}. Scan the new one on the parcel.",
    )
    said = state_words("voided", "label_set").vi
    return replace(_useless(found, why), state="voided", state_vi=said, case_id=case.case_id)


def _about(forms: Sequence[Form], parcel: UUID | None) -> list[Form]:
    """What may be done with the parcel scanned, which is chosen already, and then what else brings the case further."""
    with_it = [form for one in forms if (form := _with(one, parcel)) is not None] if parcel is not None else []
    kinds = {form.kind for form in forms if {"parcels", "parcel"} & {field.name for field in form.fields}}
    return [*with_it, *(form for form in forms if form.main and (parcel is None or form.kind not in kinds))]


def _with(form: Form, parcel: UUID) -> Form | None:
    """The form about that parcel, None for one that is not."""
    fields = {field.name: field for field in form.fields}
    many, one = fields.get("parcels"), fields.get("parcel")
    if many is not None and str(parcel) in {option.value for option in many.options}:
        chosen = [replace(field, value=str(parcel)) if field is many else field for field in form.fields]
        return replace(form, fields=[field for field in chosen if field.kind != "scan"])
    return form if one is not None and one.value == str(parcel) else None


async def _of_stock(
    services: Transaction, clerk: Clerk, found: Identified, label_set: ScannedSet, at: datetime
) -> Scanned:
    """A set that is on no parcel. What may be done with it, the rule table says for each role held at its office."""
    roles = {str(post.role) for post in clerk.posts if label_set.unit_id == post.unit_id or post.role in PROVINCE_WIDE}
    if not roles:
        names = {unit.id: unit.name for unit in await office_queries.units_on(services, local_date(at))}
        owner = names.get(label_set.unit_id, "đơn vị khác")
        vi = f"Bộ nhãn {label_set.number:05} thuộc kho {owner}, không dùng ở đây. Gửi trả về {owner}."
        return _useless(found, Words(vi, f"This set belongs to {owner}."))
    state = state_words(label_set.state, "label_set")
    return Scanned(
        what=found.what,
        says=f"Bộ nhãn {label_set.number:05}: {state.vi}. {await _sentence(services, label_set)}",
        says_en=f"Label set {label_set.number:05}: {state.en}.",
        usable=label_set.state == "issued",
        number=label_set.number,
        state=label_set.state,
        state_vi=state.vi,
        next=_offered(clerk, label_set, roles),
    )


async def _sentence(services: Transaction, label_set: ScannedSet) -> str:
    """Who may put it on a parcel; or why nobody may, as it is."""
    if label_set.state == "issued":
        names = await office_queries.people_named(services, [label_set.holder])
        return f"Chỉ {names.get(label_set.holder, 'người đang giữ')} dùng được."
    return load(current()).refusal(NO_SUCH_ACT, "label_set", label_set.state, "seal")[1]


def _offered(clerk: Clerk, label_set: ScannedSet, roles: Iterable[str]) -> list[NextStep]:
    table = load(current())
    in_hand = label_set.holder == clerk.person_id or label_set.holder in clerk.units()
    facts = {**table.usual, "holder_is_actor": in_hand, "label_genuine": True, "label_on_parcel": False}
    kinds = dict.fromkeys(
        kind
        for role in sorted(roles)
        for kind in table.offered({"label_set": label_set.state}, facts, role)
        if table.act(kind).subject == "unit"
    )
    path = f"{STOCK}?unit={label_set.unit_id}&numbers={label_set.number:05}"
    return [NextStep(kind, act_words(kind).vi, act_words(kind).en, path) for kind in kinds]
