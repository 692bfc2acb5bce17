"""A procedure in words for those who prepare for it. What nobody has found out is "chưa rõ". Pure: no I/O."""

from datetime import date

from backend.procedures.amounts import money
from backend.procedures.model import (
    Agency,
    Authority,
    Component,
    DueAt,
    FeeLine,
    FeeUnit,
    FilingChannel,
    MayAct,
    OriginalFate,
    PaperForm,
    RecipientClass,
    Relation,
    Relief,
    SignatureMode,
    TimeKind,
    TimeLimit,
)
from backend.procedures.served import OnlineLevel, ServiceModel
from backend.web import model_words
from backend.web.words import Words, day

UNKNOWN = Words("chưa rõ", "not known yet")
AGENCIES = {
    Agency.COMMUNE: Words("Ủy ban nhân dân xã, phường", "People's Committee of the commune"),
    Agency.COMMUNE_POLICE: Words("Công an xã, phường", "Police of the commune"),
    Agency.LAND_OFFICE: Words("Văn phòng đăng ký đất đai", "Land registration office"),
    Agency.PROVINCE: Words("Cơ quan cấp tỉnh", "An agency of the province"),
    Agency.PROVINCE_POLICE: Words("Công an tỉnh", "Police of the province"),
}
FORMS = {
    PaperForm.ORIGINAL: Words("bản chính", "original"),
    PaperForm.REGISTER_COPY: Words("bản sao từ sổ gốc", "copy from the register"),
    PaperForm.CERTIFIED_COPY: Words("bản sao chứng thực", "certified copy"),
    PaperForm.PLAIN_COPY: Words("bản sao kèm bản chính để xem", "copy, with the original to be seen"),
    PaperForm.ELECTRONIC_COPY: Words("bản điện tử", "electronic copy"),
}
FATES = {
    OriginalFate.HANDED_BACK: Words("Bản chính: xem rồi trả lại ngay", "Original: seen and handed back at once"),
    OriginalFate.TRAVELS: Words("Bản chính gửi kèm hồ sơ", "The original goes with the dossier"),
    OriginalFate.NOT_ASKED: Words(
        "Không phải nộp: cơ quan tự tra trong cơ sở dữ liệu", "Not asked for: the agency looks it up"
    ),
}
SIGNED = {
    SignatureMode.DRAWN: Words("ký trên máy", "on the screen"),
    SignatureMode.INK: Words("ký trên giấy", "in ink"),
    SignatureMode.FINGERPRINT: Words("điểm chỉ", "by fingerprint in ink"),
    SignatureMode.REPRESENTATIVE: Words("người đại diện ký", "by the representative"),
    SignatureMode.WITNESSED: Words("có người làm chứng", "before witnesses"),
    SignatureMode.CODE: Words("xác nhận bằng mã", "by a code"),
    SignatureMode.DIGITAL: Words("chữ ký số của công dân", "by the citizen's digital signature"),
}
UNITS = {
    FeeUnit.DOSSIER: Words("hồ sơ", "dossier"),
    FeeUnit.COPY: Words("bản", "copy"),
    FeeUnit.PAGE: Words("trang", "page"),
    FeeUnit.PERSON: Words("người", "person"),
    FeeUnit.ITEM: Words("bưu gửi", "item"),
}
FILED = {
    FilingChannel.IN_PERSON: Words("Nộp tại Một cửa", "Filed at a one-stop"),
    FilingChannel.ONLINE: Words("Nộp trực tuyến", "Filed online"),
    FilingChannel.POST: Words("Nộp qua bưu điện", "Filed by post"),
}
DUE = {
    DueAt.RECEPTION: Words("Nộp khi tiếp nhận", "Due at reception"),
    DueAt.RETURN: Words("Nộp khi nhận kết quả", "Due at return"),
}
MODELS = {
    **{ServiceModel(model): said for model, said in model_words.MODELS.items()},
    ServiceModel.TRANSFER: Words("Bưu điện tiếp nhận thay", "Received by the post"),
}
ONLINE = {
    OnlineLevel.INFORMATION: Words("chỉ có thông tin", "information only"),
    OnlineLevel.PARTIAL: Words("một phần", "in part"),
    OnlineLevel.FULL: Words("toàn trình", "in full"),
}
RECIPIENTS = {
    RecipientClass.OWNER: Words("Chỉ chính chủ hồ sơ", "The owner only"),
    RecipientClass.REGISTERED: Words(
        "Chủ hồ sơ hoặc người nhận đã đăng ký", "The owner, or the recipient who was registered"
    ),
    RecipientClass.HOUSEHOLD: Words("Người lớn cùng nhà", "Any adult of the household"),
}
RELATIONS = {
    Relation.OWNER: Words("Chủ hồ sơ", "The owner"),
    Relation.REPRESENTATIVE: Words("Người đại diện, giám hộ", "Representative or guardian"),
    Relation.PARENT: Words("Cha, mẹ", "A parent"),
    Relation.SPOUSE: Words("Vợ, chồng", "The spouse"),
    Relation.CHILD: Words("Con", "A child"),
    Relation.SIBLING: Words("Anh, chị, em ruột", "A brother or sister"),
    Relation.GRANDPARENT: Words("Ông, bà", "A grandparent"),
    Relation.RELATIVE: Words("Người thân thích khác", "Another relative"),
    Relation.EMPLOYEE: Words("Người của tổ chức", "An employee"),
    Relation.ANYONE: Words("Người khác", "Anybody else"),
}
AUTHORITIES = {
    Authority.IN_PERSON: Words("phải tự mình làm", "in person"),
    Authority.NONE: Words("không cần ủy quyền", "without a mandate"),
    Authority.MANDATE: Words("giấy ủy quyền, không phải chứng thực", "mandate, not certified"),
    Authority.CERTIFIED_MANDATE: Words("giấy ủy quyền có chứng thực", "certified mandate"),
    Authority.INTRODUCTION: Words("giấy giới thiệu", "letter of introduction"),
}


def time_words(limit: TimeLimit | None) -> Words:
    """From the agency's receipt of a complete dossier."""
    if limit is None:
        return UNKNOWN
    longer = Words("", "")
    if limit.longer is not None:
        when = limit.longer_when or "cần thêm thời gian"
        longer = Words(f"; thêm {limit.longer} ngày nếu {when}", f"; {limit.longer} days more if: {when}")
    said = _time(limit)
    return Words(said.vi + longer.vi, said.en + longer.en)


def _time(limit: TimeLimit) -> Words:
    if limit.kind is TimeKind.IN_DAY and limit.cut_off is not None:
        at = f"{limit.cut_off:%H:%M}"
        return Words(
            f"Trong ngày; nhận sau {at} thì ngày làm việc tiếp theo", f"Within the day; after {at} the next working day"
        )
    if limit.kind is TimeKind.WORKING_DAYS:
        return Words(f"{limit.count} ngày làm việc", f"{limit.count} working days")
    return Words(f"{limit.count} ngày", f"{limit.count} days")


def fees_words(lines: tuple[FeeLine, ...] | None) -> Words:
    """The state fees in one short line, for a list."""
    if lines is None:
        return Words("Phí chưa rõ", "Fee not known yet")
    state = [line for line in lines if line.kind == "state_fee"]
    if not state:
        return Words("Không thu phí, lệ phí", "No fee")
    tiers = state[0].tiers
    if not tiers or any(line.tiers is None for line in state):
        return Words("Có thu, mức chưa rõ", "A fee, amount not known yet")
    unit = UNITS[state[0].unit]
    least = money(tiers[0].amount)
    return Words(f"{least} một {unit.vi}", f"{least} a {unit.en}")


def price_words(line: FeeLine) -> list[Words]:
    """The tariff, one step a line."""
    if line.tiers is None:
        return [Words("Mức thu chưa rõ", "Amount not known yet")]
    unit = UNITS[line.unit]
    steps = [
        Words(f"{money(tier.amount)} một {unit.vi}", f"{money(tier.amount)} a {unit.en}")
        if tier.first == 1
        else Words(
            f"Từ {unit.vi} thứ {tier.first}: {money(tier.amount)} một {unit.vi}",
            f"From {unit.en} {tier.first} on: {money(tier.amount)}",
        )
        for tier in line.tiers
    ]
    per = UNITS[line.per] if line.per is not None else None
    of = Words(f" một {per.vi}", f" a {per.en}") if per is not None else Words("", "")
    if line.minimum is not None:
        steps.append(Words(f"Ít nhất {money(line.minimum)}{of.vi}", f"At least {money(line.minimum)}{of.en}"))
    if line.cap is not None:
        steps.append(Words(f"Nhiều nhất {money(line.cap)}{of.vi}", f"At most {money(line.cap)}{of.en}"))
    return steps


def conditions_words(line: FeeLine) -> Words | None:
    """When the line is due, and for whom."""
    said = [FILED[channel] for channel in line.channels] + ([DUE[line.due]] if line.due is not None else [])
    return _joined(said) if said else None


def relief_words(relief: Relief, on: date) -> Words | None:
    """Miễn or giảm, for whom, until when. None when it does not hold on that day."""
    if not relief.holds(on):
        return None
    who = Words(relief.who, relief.who_en or relief.who)
    if relief.percent is None:
        said = Words(f"Được giảm, mức chưa rõ: {who.vi}", f"Less, not known how much: {who.en}")
    elif relief.percent == 100:
        said = Words(f"Miễn: {who.vi}", f"Free: {who.en}")
    else:
        said = Words(f"Giảm {relief.percent}%: {who.vi}", f"{relief.percent}% less: {who.en}")
    shown = f" ({relief.evidence})" if relief.evidence else ""
    if relief.valid_until is None:
        return Words(said.vi + shown, said.en + shown)
    end = day(relief.valid_until)
    return Words(f"{said.vi}{shown}, trước ngày {end}", f"{said.en}{shown}, before {end}")


def count_words(component: Component) -> Words | None:
    """How many, where the list says it. None when nothing is handed in."""
    if component.original is OriginalFate.NOT_ASKED:
        return None
    if component.originals is None or component.copies is None:
        return Words("Số lượng chưa rõ", "Number not known yet")
    said = [Words(f"{component.originals} bản chính", f"{component.originals} original")] if component.originals else []
    said += [Words(f"{component.copies} bản sao", f"{component.copies} copy")] if component.copies else []
    return _joined(said) if said else None


def forms_words(component: Component) -> Words | None:
    """In which forms it is taken. None for what is not asked for."""
    if component.original is OriginalFate.NOT_ASKED:
        return None
    if component.forms is None:
        return UNKNOWN
    said = [FORMS[form] for form in component.forms if form is not PaperForm.IN_DATABASE]
    return Words(" hoặc ".join(word.vi for word in said), " or ".join(word.en for word in said)) if said else None


def signed_words(component: Component) -> Words | None:
    said = [SIGNED[mode] for mode in component.signatures or ()]
    return Words(" hoặc ".join(word.vi for word in said), " or ".join(word.en for word in said)) if said else None


def acting_words(acting: tuple[MayAct, ...]) -> list[Words]:
    """Those who show the same stand together."""
    if [(may.who, may.authority) for may in acting] == [(Relation.ANYONE, Authority.NONE)]:
        return [Words("Ai cũng được nộp", "Anybody")]
    found: dict[Authority, list[Words]] = {}
    for may in acting:
        found.setdefault(may.authority, []).append(RELATIONS[may.who])
    return [
        Words(
            f"{_joined(who).vi}: {AUTHORITIES[authority].vi}",
            f"{_joined(who).en}: {AUTHORITIES[authority].en}",
        )
        for authority, who in found.items()
    ]


def _joined(said: list[Words]) -> Words:
    """One after the other; after the first without capitals."""
    vi, en = (
        ", ".join([words[0], *(word[:1].lower() + word[1:] for word in words[1:])]) for words in zip(*said, strict=True)
    )
    return Words(vi, en)
