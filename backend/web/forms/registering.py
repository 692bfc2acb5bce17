"""The form that makes a case: any office may register for any unit's dossier (row 18). Pure: no I/O."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from backend.ids import derived
from backend.registrations import service as registrations
from backend.staff.model import Clerk, Role
from backend.units.model import POSTS, UnitKind
from backend.web.forms.contact import contact_fields, read_contact
from backend.web.forms.field import Field, Filled, FilledWrong, Form, Option, Written, optional
from backend.web.forms.house import commune_field, house_fields, mark_field, read_house, read_mark
from backend.web.forms.party_fields import (
    BESIDE,
    PAPER_HINT,
    born_field,
    kind_field,
    party_fields,
    read_born,
    read_kind,
    read_paper,
    read_party,
)
from backend.web.forms.situation import Offices
from backend.web.model_words import MODELS
from backend.web.office_views import UnitLine
from backend.web.party_words import ROLES
from backend.web.words import OTHER, Words, act_words, day

REGISTERING = (
    Role.DISPATCHER,
    Role.COUNTER_CLERK,
    Role.POST_EMPLOYEE_AT_ONE_STOP,
    Role.ONE_STOP_OFFICER,
    Role.OPERATOR,
    Role.HEAD_OF_POST,
)
"""Who may, of those who sit at a desk."""
CHANNELS = {UnitKind.HOTLINE: "hotline", UnitKind.ONE_STOP: "one_stop", UnitKind.AGENCY: "one_stop"}
"""By the kind of the office that registers; all others are of the post."""
APART = ("dossier_code", "owner_number", "owner_born")
"""Fields any of which tells one owner, or one dossier, from others of the same name."""
ANOTHER = "another"
DAY = Words("Ngày đăng ký trên giấy", "Day of the registration on paper")


class Late(NamedTuple):
    """A registration on paper that is entered late: its day, the offices of that day that are no more, and the office
    of today that enters it."""

    on: date
    closed: frozenset[UUID]
    entered_at: UUID


class Registered(NamedTuple):
    """`case`: the id of the case to be."""

    case: UUID
    written: Written


def register(
    offices: Offices,
    clerk: Clerk,
    procedures: Sequence[Option],
    communes: Sequence[tuple[str, str]],
    late: Late | None = None,
    *,
    several: bool = False,
) -> Form:
    """`procedures`: the catalogue, to be picked from. `communes`: code and name. Of that day, as the offices are.

    `several`: the name fits several dossiers, and it may be said that it is none of them."""
    own = _own(offices, clerk, late)
    here = own[0].commune_code if own else ""
    agencies = [unit for unit in offices.units.values() if unit.kind == UnitKind.AGENCY]
    competent = next((unit for unit in agencies if unit.commune_code == here), None)
    return Form(
        kind="register",
        title=act_words("register"),
        fields=(
            *_day(late),
            Field(
                name="procedure",
                words=Words("Thủ tục", "Procedure"),
                options=procedures,
                hint=Words(
                    "Gõ tên (không cần dấu) hoặc mã, rồi chọn trong danh sách", "Type a name or code, then choose"
                ),
            ),
            Field(
                name="dossier_code",
                words=Words("Mã hồ sơ", "Dossier code"),
                required=False,
                hint=Words("nếu đã nộp trực tuyến, như H20.12-261123-0007", "if it was filed online"),
            ),
            *([_another()] if several else []),
            _model(),
            *_owner(),
            *_where(),
            commune_field(communes, here),
            _select("competent_unit", Words("Cơ quan giải quyết", "Competent agency"), agencies, competent),
            _select("unit", Words("Đơn vị đăng ký", "Registering unit"), own, own[0] if own else None),
            Field(
                name="handling_unit",
                words=Words("Bưu cục đến nhà", "Post that goes there"),
                kind="select",
                required=False,
                options=(
                    Option("", Words("Bưu điện cùng cấp", "The post of the same level")),
                    *_options([unit for unit in offices.units.values() if unit.kind in POSTS]),
                ),
            ),
        ),
    )


def _own(offices: Offices, clerk: Clerk, late: Late | None) -> list[UnitLine]:
    """Where the clerk may register; after them where somebody could have that day, and nobody is any more."""
    closed = late.closed if late is not None else frozenset[UUID]()
    own = where(offices.units, clerk)
    there = {unit.id for unit in own}
    gone = [offices.units[unit] for unit in closed - there if unit in offices.units]
    return [*own, *sorted(gone, key=lambda unit: unit.name)]


def where(units: Mapping[UUID, UnitLine], clerk: Clerk) -> list[UnitLine]:
    """Of these the clerk's own, one-stops before agencies."""
    own = [units[unit] for unit in clerk.units(*REGISTERING) if unit in units]
    return sorted(own, key=lambda unit: (unit.kind == UnitKind.AGENCY, unit.name))


def _model() -> Field:
    combined, home = (MODELS[registrations.usual_model(code)] for code in ("any", None))
    return Field(
        name="model",
        words=Words("Mô hình", "Model"),
        kind="select",
        required=False,
        options=optional(Words("Theo mã hồ sơ", "By the dossier code"), MODELS),
        hint=Words(
            f"Theo mã hồ sơ: có mã là {combined.vi}, chưa có là {home.vi}",
            f"By the dossier code: with one {combined.en}, without {home.en}",
        ),
    )


def _day(late: Late | None) -> tuple[Field, ...]:
    if late is None:
        return ()
    return (Field(name="registered_on", words=DAY, kind="hidden", value=day(late.on)),)


def _another() -> Field:
    return Field(
        name=ANOTHER,
        words=Words("Không phải các hồ sơ đang làm đó", "None of those dossiers"),
        kind="checks",
        required=False,
        options=(Option("yes", Words("Đây là hồ sơ mới khác", "This is another, new one")),),
    )


def _owner() -> tuple[Field, ...]:
    """The owner, and who else is in the case: nobody, unless a name is entered."""
    beside = [
        party_fields(f"{role}_", part=Words(f"{ROLES[role].vi}, nếu là người khác", f"{ROLES[role].en}, if another"))
        for role in BESIDE
    ]
    return (
        Field(name="owner_name", words=Words("Tên chủ hồ sơ", "Name of the owner")),
        kind_field("owner_"),
        born_field("owner_"),
        Field(
            name="owner_number",
            words=Words("Số giấy tờ của chủ hồ sơ", "Number of a paper of the owner"),
            required=False,
            hint=PAPER_HINT,
        ),
        *(field for fields in beside for field in fields),
    )


def _where() -> tuple[Field, ...]:
    return (
        *contact_fields(),
        *house_fields(),
        mark_field(),
        Field(name="note", words=OTHER, kind="textarea", required=False),
    )


def _select(name: str, words: Words, units: Sequence[UnitLine], usual: UnitLine | None) -> Field:
    value = str(usual.id) if usual is not None else ""
    return Field(name=name, words=words, kind="select", value=value, options=_options(units))


def _options(units: Sequence[UnitLine]) -> tuple[Option, ...]:
    return tuple(Option(str(unit.id), Words(unit.name, unit.name)) for unit in units)


def registered(
    offices: Offices, clerk: Clerk, filled: Filled, act: UUID, procedure: str, late: Late | None = None
) -> Registered:
    """`procedure`: the code of the one that was meant. Raises FilledWrong.

    Where nobody is any more nobody can go on: the case is supported by the office that enters it.
    """
    units = {str(unit.id): unit for unit in _own(offices, clerk, late)}
    unit = units[filled.choice("unit", units)]
    supporting = late.entered_at if late is not None and unit.id in late.closed else unit.id
    body = {
        "registration_id": str(derived("registration", act.hex)),
        "channel": CHANNELS.get(UnitKind(unit.kind), "post"),
        "procedure": procedure,
        "registered_at_unit": str(unit.id),
        "supporting_unit": str(supporting),
        "handling_unit": str(_handling(offices, unit, filled)),
        "competent_unit": str(filled.id("competent_unit")),
        "dossier_code": filled.maybe("dossier_code", longest=40),
        "visit_commune": filled.maybe("visit_commune"),
        "model": filled.maybe_choice("model", MODELS),
    } | ({} if late is None else {"registered_on": late.on.isoformat()})
    return Registered(derived("case", act.hex), Written(body, dict(_personal(filled, act))))


def _handling(offices: Offices, unit: UnitLine, filled: Filled) -> UUID:
    if filled.maybe("handling_unit") is not None:
        return filled.id("handling_unit")
    if unit.kind in POSTS:
        return unit.id
    found = offices.same_level.get(unit.id)
    if found is None:
        raise FilledWrong("Chưa ghi bưu điện cùng cấp của đơn vị này. Chọn bưu cục đến nhà.", pointer="/handling_unit")
    return found


def _personal(filled: Filled, act: UUID) -> Mapping[str, Any]:
    kind = read_kind(filled, "owner_kind")
    papers, born = read_paper(filled, "owner_number", kind), read_born(filled, "owner_born")
    number = papers.pop("number", None) or papers.pop("old_number", None)
    told = {
        "owner_name": filled.text("owner_name", longest=200),
        "owner_number": number,
        "owner": {"kind": kind, **papers} | ({} if born is None else {"born": born}),
        "parties": [
            {"party_id": str(derived("party", act.hex, role)), "role": role, **read_party(filled, f"{role}_")}
            for role in BESIDE
            if filled.maybe(f"{role}_name") is not None
        ],
        **read_contact(filled),
        **read_house(filled),
        "place_mark": read_mark(filled),
        "note": filled.maybe("note", longest=2000, lines=True),
    }
    return {name: value for name, value in told.items() if value is not None}
