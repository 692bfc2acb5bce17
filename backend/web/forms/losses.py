"""Forms about papers under an incident: lost, found again; and a pouch opened on record by two. Pure: no I/O."""

from collections.abc import Callable, Iterator, Sequence
from uuid import UUID

from backend.acts.rules import current, load
from backend.staff.model import Role
from backend.web.forms.field import Field, Filled, Form, Option, Written, options
from backend.web.forms.situation import Situation, parcel_words
from backend.web.incident_words import CAUSES, UNSEALED
from backend.web.views import PaperView, ParcelView
from backend.web.words import Words, act_words

LOSING, OPENING = (
    tuple(Role(role) for role in load(current()).act(kind).roles) for kind in ("record_loss", "open_on_record")
)
_WITH_US = ("courier", "unit", "bag")


def record_loss(about: Situation) -> Iterator[Form]:
    """Under each incident that is open: what nobody can show is ticked."""
    things = _things(about, lambda one: one.holder_kind in _WITH_US)
    for incident in about.case.incidents:
        if incident.open and things:
            title, cause = act_words("record_loss"), CAUSES[incident.cause]
            yield Form(
                kind="record_loss",
                main=False,
                title=Words(f"{title.vi} ({cause.vi})", f"{title.en} ({cause.en})"),
                fields=(_under(incident.incident_id), _checks(things)),
                tried={"things": things[0].value},
            )


def loss_recorded(_about: Situation, filled: Filled, _act: UUID) -> Written:
    return Written({"incident_id": str(filled.id("incident"))} | _named(filled))


def record_found(about: Situation) -> Iterator[Form]:
    """What is lost under an incident, wherever it turned up."""
    units = about.units_as(*LOSING)
    for incident in about.case.incidents:
        lost = ("lost", incident.incident_id)
        mine = _things(about, lambda one, lost=lost: (one.holder_kind, one.holder) == lost)
        if mine and units:
            yield Form(
                kind="record_found",
                title=act_words("record_found"),
                fields=(
                    _under(incident.incident_id),
                    _checks(mine),
                    Field(
                        name="unit",
                        words=Words("Đang giữ tại", "Now held by"),
                        kind="hidden" if len(units) == 1 else "select",
                        value=str(units[0]),
                        options=about.unit_options(units),
                    ),
                ),
                tried={"things": mine[0].value},
            )


def finding_recorded(_about: Situation, filled: Filled, _act: UUID) -> Written:
    where = {"incident_id": str(filled.id("incident")), "unit": str(filled.id("unit"))}
    return Written(where | _named(filled))


def _under(incident: UUID) -> Field:
    return Field(name="incident", words=Words("Sự cố", "Incident"), kind="hidden", value=str(incident))


def _checks(things: Sequence[Option]) -> Field:
    return Field(name="things", words=Words("Bưu gửi, giấy tờ", "Parcels and papers"), kind="checks", options=things)


def _things(about: Situation, fits: Callable[[ParcelView | PaperView], bool]) -> list[Option]:
    parcels = [Option(f"parcel:{one.parcel_id}", parcel_words(one)) for one in about.case.parcels if fits(one)]
    known = about.components
    papers = [
        Option(f"paper:{one.paper_id}", known.get(one.component, Words(one.component, one.component)))
        for one in about.case.papers
        if fits(one)
    ]
    return [*parcels, *papers]


def _named(filled: Filled) -> dict[str, list[str]]:
    named = filled.many("things")
    return {
        f"{kind}_ids": [one.partition(":")[2] for one in named if one.startswith(f"{kind}:")]
        for kind in ("parcel", "paper")
    }


def open_on_record(about: Situation) -> Iterator[Form]:
    """A sealed pouch in the hands of an office, other than the one that may open it by itself, where a second person
    works."""
    mine = set(about.units_as(*OPENING))
    receiving = {about.case.supporting_unit, about.case.competent_unit}
    for parcel in about.case.parcels:
        its_own = parcel.holder in receiving and not parcel.with_result
        if parcel.holder not in mine or parcel.state != "sealed" or its_own:
            continue
        others = {
            str(one.person_id): Option(str(one.person_id), Words(one.name, one.name))
            for one in about.offices.colleagues
            if one.unit_id == parcel.holder and one.person_id != about.clerk.person_id
        }
        if not others:
            continue
        title, called = act_words("open_on_record"), parcel_words(parcel)
        inside = sum(paper.parcel_id == parcel.parcel_id for paper in about.case.papers)
        yield Form(
            kind="open_on_record",
            main=False,
            title=Words(f"{title.vi}: {called.vi}", f"{title.en}: {called.en}"),
            note=Words(
                "Hai người cùng mở, đếm, niêm phong lại bằng số mới và cùng ký biên bản.",
                "Two open it, count, seal it with a new number, and both sign the record.",
            ),
            fields=(
                Field(name="parcel", words=called, kind="hidden", value=str(parcel.parcel_id)),
                Field(
                    name="second",
                    words=Words("Người thứ hai", "The second person"),
                    kind="select",
                    value=next(iter(others)),
                    options=list(others.values()),
                ),
                Field(name="counted", words=Words("Số giấy tờ đếm được", "Papers counted"), kind="number"),
                Field(name="seal_number", words=Words("Số niêm phong mới", "New seal number")),
                Field(
                    name="reason",
                    words=Words("Vì sao mở", "Why it is opened"),
                    kind="select",
                    value="torn",
                    options=options(UNSEALED),
                ),
            ),
            tried={"counted": str(inside), "seal_number": "–"},
        )


def opened_on_record(_about: Situation, filled: Filled, _act: UUID) -> Written:
    return Written(
        {
            "parcel_id": str(filled.id("parcel")),
            "second": str(filled.id("second")),
            "counted": filled.whole("counted", most=200),
            "seal_number": filled.text("seal_number", longest=20),
            "reason": filled.choice("reason", UNSEALED),
        }
    )
