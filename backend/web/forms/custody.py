"""Forms of custody: offer, receive by scanning the label, open the seal and count. Pure: no I/O."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from backend.ids import derived
from backend.staff.model import Role
from backend.web.forms.field import Field, Filled, FilledWrong, Form, Option, Written, options
from backend.web.forms.situation import RECEIVING, Situation, parcel_words
from backend.web.views import ParcelView
from backend.web.words import CONDITIONS, Words, act_words

_ON_THE_ROAD = ("sealed", "offered", "bagged")
OPENING = (Role.ONE_STOP_OFFICER, Role.POST_EMPLOYEE_AT_ONE_STOP)


def receive(about: Situation) -> Iterator[Form]:
    units = about.units_as(*RECEIVING)
    coming = _coming(about)
    if not units or not coming:
        return
    yield Form(
        kind="receive",
        main=any(_is_expected(about, one, units) for one in coming),
        title=act_words("receive"),
        note=Words(
            "Quét nhãn trên từng bưu gửi, hoặc đánh dấu bưu gửi đang cầm trên tay.",
            "Scan the label of the parcel, or tick the one in your hands.",
        ),
        fields=(
            Field(
                name="scanned",
                words=Words("Quét nhãn", "Scan the label"),
                kind="scan",
                required=False,
                hint=Words("hoặc gõ số hiệu bưu gửi, số nhãn", "or type the item number or the label's number"),
            ),
            Field(
                name="parcels",
                words=Words("Bưu gửi nhận", "Parcels received"),
                kind="checks",
                options=about.parcel_options(coming),
                required=False,
            ),
            Field(
                name="condition",
                words=Words("Tình trạng", "Condition"),
                kind="radio",
                value="intact",
                options=options(CONDITIONS),
            ),
            _choice("unit", Words("Nhận cho", "Received for"), about.unit_options(units)),
        ),
        tried={"parcels": str(coming[0].parcel_id)},
    )


def _coming(about: Situation) -> list[ParcelView]:
    """Parcels that somebody else holds."""
    return [
        one
        for one in about.case.parcels
        if one.state in _ON_THE_ROAD
        and one.holder not in about.clerk.units(*RECEIVING)
        and one.holder_kind != "citizen"
    ]


def _is_expected(about: Situation, parcel: ParcelView, units: list[UUID]) -> bool:
    """Whether it is on its way to these very offices, as far as anybody has said."""
    if any(parcel.parcel_id in offer.parcel_ids and offer.receiver in units for offer in about.case.offers):
        return True
    if about.case.state == "out_for_hand_over" or about.case.handling_unit not in units:
        return False
    return parcel.holder_kind == "courier" or parcel.with_result


def _choice(name: str, words: Words, known: tuple[Option, ...]) -> Field:
    """Asked only where there is something to choose."""
    kind = "hidden" if len(known) == 1 else "select"
    return Field(name=name, words=words, kind=kind, value=known[0].value, options=known)


def received(about: Situation, filled: Filled, act: UUID) -> Written:
    chosen = _chosen(filled, _coming(about))
    offered = {parcel: offer for offer in about.case.offers for parcel in offer.parcel_ids}
    offer = next(
        (offered[one.parcel_id].offer_id for one in chosen if one.parcel_id in offered), derived("offer", act.hex)
    )
    return Written(
        {
            "offer_id": str(offer),
            "parcel_ids": [str(one.parcel_id) for one in chosen],
            "paper_ids": [],
            "giver": {"kind": chosen[0].holder_kind, "id": str(chosen[0].holder)},
            "receiver": {"kind": "unit", "id": str(filled.id("unit"))},
            "condition": filled.choice("condition", CONDITIONS),
        }
    )


def _chosen(filled: Filled, among: list[ParcelView]) -> list[ParcelView]:
    """What was ticked, and what was scanned. Raises FilledWrong."""
    ticked = set(filled.many("parcels"))
    chosen = [one for one in among if str(one.parcel_id) in ticked]
    scanned = filled.maybe("scanned", longest=200)
    if scanned is not None:
        found = [one for one in among if _is_called(one, scanned)]
        if not found:
            raise FilledWrong(
                "Nhãn này không thuộc hồ sơ này, hoặc bưu gửi đã nhận rồi. Quét lại, hoặc tìm nhãn ở ô tìm kiếm.",
                pointer="/scanned",
            )
        chosen += [one for one in found if one not in chosen]
    if not chosen:
        raise FilledWrong("Chưa có bưu gửi nào. Quét nhãn hoặc đánh dấu rồi gửi lại.", pointer="/scanned")
    if len({one.holder for one in chosen}) > 1:
        raise FilledWrong("Các bưu gửi này do nhiều người giữ. Nhận riêng của từng người.", pointer="/parcels")
    return chosen


def _is_called(parcel: ParcelView, scanned: str) -> bool:
    if parcel.label == scanned or (parcel.item_number or "").casefold() == scanned.casefold():
        return True
    return scanned.isascii() and scanned.isdigit() and parcel.number == int(scanned)


def offer(about: Situation) -> Iterator[Form]:
    held = _held(about)
    to = _receivers(about)
    if held and to:
        parcels = Field(
            name="parcels",
            words=Words("Bưu gửi giao", "Parcels to give"),
            kind="checks",
            value="\n".join(str(one.parcel_id) for one in held),
            options=about.parcel_options(held),
        )
        receiver = Field(name="to", words=Words("Giao cho", "To"), kind="select", value=to[0].value, options=to)
        yield Form(
            kind="offer",
            main=any(one.with_result or one.holder == about.case.handling_unit for one in held),
            title=act_words("offer"),
            note=Words(
                "Bưu gửi vẫn do đơn vị giữ cho đến khi bên kia bấm Nhận.",
                "You hold it until the other side receives it.",
            ),
            fields=(parcels, receiver),
        )


def _held(about: Situation) -> list[ParcelView]:
    mine = set(about.units_as(*RECEIVING))
    return [one for one in about.case.parcels if one.state in _ON_THE_ROAD and one.holder in mine]


def _receivers(about: Situation) -> tuple[Option, ...]:
    mine = set(about.units_as(*RECEIVING))
    case = about.case
    others = [unit for unit in (case.handling_unit, case.supporting_unit, case.competent_unit) if unit not in mine]
    couriers = about.offices.couriers_of(case.handling_unit) if case.handling_unit in mine else ()
    units = about.unit_options(list(dict.fromkeys(others)))
    return (
        *(Option(f"courier:{one.value}", one.words) for one in couriers),
        *(Option(f"unit:{one.value}", one.words) for one in units),
    )


def offered(about: Situation, filled: Filled, act: UUID) -> Written:
    ticked = set(filled.many("parcels"))
    chosen = [one for one in _held(about) if str(one.parcel_id) in ticked]
    if not chosen:
        raise FilledWrong("Chưa chọn bưu gửi nào. Đánh dấu rồi gửi lại.", pointer="/parcels")
    kind, _, who = filled.choice("to", [option.value for option in _receivers(about)]).partition(":")
    body: dict[str, Any] = {
        "offer_id": str(derived("offer", act.hex)),
        "parcel_ids": [str(one.parcel_id) for one in chosen],
        "paper_ids": [],
        "to": {"kind": kind, "id": who},
    }
    return Written(body)


def open_seal(about: Situation) -> Iterator[Form]:
    mine = set(about.units_as(*OPENING))
    for parcel in about.case.parcels:
        if parcel.holder in mine and parcel.state in _ON_THE_ROAD and not parcel.with_result:
            inside = sum(paper.parcel_id == parcel.parcel_id for paper in about.case.papers)
            called = parcel_words(parcel)
            opening = act_words("open_seal")
            yield Form(
                kind="open_seal",
                title=Words(f"{opening.vi}: {called.vi}", f"{opening.en}: {called.en}"),
                note=Words("Đếm giấy tờ trước khi đối chiếu với phiếu gửi.", "Count the papers before you check them."),
                fields=(
                    Field(name="parcel", words=called, kind="hidden", value=str(parcel.parcel_id)),
                    Field(
                        name="counted",
                        words=Words("Số giấy tờ đếm được, theo dòng phiếu gửi", "Papers counted, by line of the slip"),
                        kind="number",
                    ),
                ),
                tried={"counted": str(inside)},
            )


def seal_opened(_about: Situation, filled: Filled, _act: UUID) -> Written:
    return Written({"parcel_id": str(filled.id("parcel")), "counted": filled.whole("counted", most=200)})
