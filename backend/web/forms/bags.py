"""Forms of a bag: open, fill by scanning, tie with its manifest, hand over, receive, sign, settle. Pure: no I/O."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from backend.acts.rules import current, load
from backend.staff.model import Clerk, Role
from backend.web.bag_views import BagAbout, BagParcelView
from backend.web.forms.field import Field, Filled, FilledWrong, Form, Option, Written, options
from backend.web.office_views import UnitLine
from backend.web.words import CONDITIONS, Words, act_words

BAGGING = tuple(Role(role) for role in load(current()).act("open_bag").roles)
"""Who fills bags, and who receives them at a desk."""
SCANNED = ("put_in_bag", "receive")
"""What is done to a parcel whose code was scanned: on its case, not on the bag."""
SEALS = {
    "yes": Words("Niêm phong nguyên vẹn, đúng số", "Seal intact, its number right"),
    "no": Words("Niêm phong hỏng hoặc sai số", "Seal broken, or another number"),
}
SETTLED = {
    "found": Words("Đã tìm thấy và nhận bưu gửi thiếu", "What was missing was found and received"),
    "counted_wrong": Words("Bản kê ghi nhầm", "The manifest was wrong"),
    "incident": Words("Đã lập biên bản sự cố", "There is an incident record"),
    "other": Words("Lý do khác", "Another reason"),
}


def open_bag(clerk: Clerk, units: Sequence[UnitLine]) -> Form:
    """`units`: all of the day."""
    own = clerk.units(*BAGGING)
    mine = [Option(str(one.id), Words(one.name, one.name)) for one in units if one.id in own]
    others = [Option(str(one.id), Words(one.name, one.name)) for one in _nearest(units, own)]
    return Form(
        kind="open_bag",
        title=act_words("open_bag"),
        fields=(
            Field(
                name="tag",
                words=Words("Mã trên túi", "Tag of the bag"),
                kind="scan",
                hint=Words("như TM-0031; quét hoặc gõ", "such as TM-0031; scan or type"),
            ),
            Field(
                name="unit",
                words=Words("Gửi từ", "From"),
                kind="hidden" if len(mine) == 1 else "select",
                value=mine[0].value if mine else "",
                options=mine,
            ),
            Field(
                name="to_unit",
                words=Words("Gửi đến", "To"),
                kind="select",
                value=others[0].value if others else "",
                options=others,
            ),
        ),
    )


def _nearest(units: Sequence[UnitLine], own: frozenset[UUID]) -> list[UnitLine]:
    """Those of the same commune first."""
    communes = {one.commune_code for one in units if one.id in own}
    elsewhere = [one for one in units if one.id not in own]
    return sorted(elsewhere, key=lambda one: one.commune_code not in communes)


def opened(filled: Filled) -> Written:
    tag = filled.text("tag", longest=40).upper()
    return Written({"tag": tag, "unit": str(filled.id("unit")), "to_unit": str(filled.id("to_unit"))})


def forms(about: BagAbout, clerk: Clerk) -> Iterator[Form]:
    """What the clerk may do with the bag now, the next first."""
    bag = about.bag
    if bag.state == "filling" and may(clerk, "put_in_bag", bag.unit_id):
        yield _scan("put_in_bag")
        if about.inside:
            yield _close(about)
            yield _take_out(about)
    if bag.state == "tied" and may(clerk, "offer_bag", bag.unit_id):
        announced = Field(name="announced", words=act_words("offer_bag"), kind="hidden", value=str(bag.announced))
        yield Form(kind="offer_bag", title=act_words("offer_bag"), fields=(announced,))
    if bag.state in ("tied", "offered") and may(clerk, "receive_bag", bag.to_unit):
        yield _scan("receive")  # also when nothing is missing: something may lie in it that nobody announced
        yield _receive_bag(about)
    if bag.state == "received_with_difference" and about.inside and may(clerk, "receive", bag.to_unit):
        yield _scan("receive")  # what was missing may turn up
    if bag.received_at is not None:
        yield from _after(about, clerk)


def may(clerk: Clerk, kind: str, unit: UUID) -> bool:
    """Whether the clerk holds a role for it at that office."""
    return unit in clerk.units(*(Role(role) for role in load(current()).act(kind).roles))


def _scan(kind: str) -> Form:
    scanned = Field(
        name="scanned",
        words=Words("Quét nhãn trên bưu gửi", "Scan the label of the parcel"),
        kind="scan",
        hint=Words("hoặc gõ số hiệu bưu gửi, số nhãn", "or type the item number or the label's number"),
    )
    if kind == "put_in_bag":
        return Form(kind=kind, title=act_words(kind), fields=(scanned,))
    condition = Field(
        name="condition",
        words=Words("Tình trạng", "Condition"),
        kind="radio",
        value="intact",
        options=options(CONDITIONS),
    )
    return Form(kind=kind, title=act_words(kind), fields=(scanned, condition))


def _ids(parcels: Sequence[BagParcelView]) -> str:
    return " ".join(str(one.parcel_id) for one in parcels)


def _close(about: BagAbout) -> Form:
    return Form(
        kind="close_bag",
        title=act_words("close_bag"),
        note=Words(
            f"Bản kê: {len(about.inside)} bưu gửi. Buộc rồi thì không bỏ thêm, không lấy ra.",
            f"The manifest: {len(about.inside)} parcels. Once tied, nothing goes in or out.",
        ),
        fields=(
            Field(name="parcels", words=act_words("close_bag"), kind="hidden", value=_ids(about.inside)),
            Field(name="seal_number", words=Words("Số niêm phong của túi", "Seal number of the bag")),
        ),
    )


def _take_out(about: BagAbout) -> Form:
    inside = [Option(str(one.parcel_id), Words(one.shown, one.shown)) for one in about.inside]
    parcel = Field(
        name="parcel", words=Words("Bưu gửi", "Parcel"), kind="select", value=inside[0].value, options=inside
    )
    return Form(kind="take_out_of_bag", title=act_words("take_out_of_bag"), main=False, fields=(parcel,))


def _receive_bag(about: BagAbout) -> Form:
    taken, missing = about.received, about.missing
    note = Words(
        f"Đã quét {len(taken)}/{len(about.announced)} bưu gửi.", f"{len(taken)} of {len(about.announced)} scanned."
    )
    if missing:
        note = Words(
            f"{note.vi} Còn thiếu {len(missing)}: bưu gửi thiếu vẫn do bên giao chịu, công dân không phải nộp lại.",
            f"{note.en} {len(missing)} missing: the giver still answers for them; no citizen is asked again.",
        )
    return Form(
        kind="receive_bag",
        title=Words("Nhận túi thư, lập biên bản", "Receive the bag, make the record"),
        note=note,
        main=not missing,
        fields=(
            Field(name="received", words=act_words("receive_bag"), kind="hidden", value=_ids(taken)),
            Field(
                name="seal", words=Words("Niêm phong của túi", "Seal of the bag"), kind="radio", options=options(SEALS)
            ),
        ),
    )


def _after(about: BagAbout, clerk: Clerk) -> Iterator[Form]:
    bag = about.bag
    for side, unit, by in (
        ("giver", bag.unit_id, bag.giver_signed_by),
        ("receiver", bag.to_unit, bag.receiver_signed_by),
    ):
        if by is None and may(clerk, "sign_bag_record", unit):
            yield _sign(about, side)
    if bag.state == "received_with_difference" and any(
        may(clerk, "settle_bag", unit) for unit in (bag.unit_id, bag.to_unit)
    ):
        reason = Field(
            name="reason", words=Words("Vì sao", "Why"), kind="select", value="found", options=options(SETTLED)
        )
        yield Form(kind="settle_bag", title=act_words("settle_bag"), main=False, fields=(reason,))


def _sign(about: BagAbout, side: str) -> Form:
    bag, words = about.bag, act_words("sign_bag_record")
    of = Words("bên giao", "giver") if side == "giver" else Words("bên nhận", "receiver")
    return Form(
        kind="sign_bag_record",
        title=Words(f"{words.vi} ({of.vi}): nhận {bag.found}/{bag.announced}", f"{words.en} ({of.en})"),
        fields=(
            Field(name="side", words=words, kind="hidden", value=side),
            Field(name="found", words=words, kind="hidden", value=str(bag.found)),
            Field(name="announced", words=words, kind="hidden", value=str(bag.announced)),
            Field(name="shown", words=words, kind="hidden", value=about.record_hash),
        ),
    )


def written(kind: str, filled: Filled, about: BagAbout) -> Written:
    """An act on the bag, or on the case of a parcel that was chosen. Raises FilledWrong."""
    bag = about.bag
    if kind == "close_bag":
        parcels = _named(filled.text("parcels", longest=9_000), about)
        return Written({"parcels": parcels, "seal_number": filled.text("seal_number", longest=20)})
    if kind == "take_out_of_bag":
        return Written({"bag_id": str(bag.bag_id), "parcel_id": str(filled.id("parcel"))})
    if kind == "offer_bag":
        return Written({"announced": filled.whole("announced", most=200)})
    if kind == "receive_bag":
        return _received(filled, about)
    if kind == "sign_bag_record":
        return Written(
            {
                "side": filled.choice("side", ("giver", "receiver")),
                "found": filled.whole("found", most=200),
                "announced": filled.whole("announced", most=200),
                "shown_sha256": filled.text("shown", longest=64),
            }
        )
    if kind == "settle_bag":
        return Written({"reason": filled.choice("reason", SETTLED)})
    raise FilledWrong("Tải lại trang rồi gửi lại biểu mẫu.")


def _received(filled: Filled, about: BagAbout) -> Written:
    found = _named(filled.maybe("received", longest=9_000) or "", about)
    there = {one["parcel_id"] for one in found}
    missing = [one for one in about.announced if str(one.parcel_id) not in there]
    body: dict[str, Any] = {
        "unit": str(about.bag.to_unit),
        "found": found,
        "missing": [_in_bag(one) for one in missing],
        "seal_intact": filled.choice("seal", SEALS) == "yes",
    }
    return Written(body)


def _named(ids: str, about: BagAbout) -> list[dict[str, str]]:
    """Raises FilledWrong for what is not about this bag any more."""
    known = {str(one.parcel_id): one for one in about.parcels}
    if any(name not in known for name in ids.split()):
        raise FilledWrong("Túi thư vừa thay đổi. Tải lại trang rồi làm lại.")
    return [_in_bag(known[name]) for name in ids.split()]


def _in_bag(one: BagParcelView) -> dict[str, str]:
    return {"case_id": str(one.case_id), "parcel_id": str(one.parcel_id)}


def on_parcel(kind: str, filled: Filled, about: BagAbout, parcel: UUID, holder: tuple[str, UUID]) -> Written:
    """What is done to the parcel that was scanned. `holder`: by the book; whoever had the bag gave what is in it.

    Raises FilledWrong for one that was received already: the first time counts.
    """
    bag = about.bag
    if kind == "receive" and any(one.parcel_id == parcel and one.received_at is not None for one in about.parcels):
        raise FilledWrong("Bưu gửi này đã quét nhận rồi. Quét bưu gửi khác.", pointer="/scanned")
    kind_of, who = ("unit", bag.holder) if holder == ("bag", bag.bag_id) else holder
    if kind == "put_in_bag":
        return Written({"bag_id": str(bag.bag_id), "parcel_id": str(parcel)})
    return Written(
        {
            "offer_id": str(bag.bag_id),
            "parcel_ids": [str(parcel)],
            "paper_ids": [],
            "giver": {"kind": kind_of, "id": str(who)},
            "receiver": {"kind": "unit", "id": str(bag.to_unit)},
            "condition": filled.choice("condition", CONDITIONS),
        }
    )
