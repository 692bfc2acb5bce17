"""Forms of an agency: confirm, report a mismatch, cross-check, waive, release the result. Pure: no I/O."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from backend.ids import derived
from backend.procedures.model import Component, FeeKind, FilingChannel, OriginalFate
from backend.procedures.quoting import quote
from backend.visits.lists import is_taken
from backend.web.forms.field import Field, Filled, FilledWrong, Form, Option, Written, note_field, options, with_note
from backend.web.forms.originals import component_options
from backend.web.forms.situation import Situation
from backend.web.words import DUE, PORTAL, SEEN, Words, act_words

FEE_ROWS = 3
MISMATCHES = {
    "dossier_code": Words("Mã hồ sơ", "Dossier code"),
    "owner_name": Words("Tên chủ hồ sơ", "Name of the owner"),
    "owner_number": Words("Số giấy tờ tùy thân", "Identity number"),
    "procedure": Words("Thủ tục", "Procedure"),
    "other": Words("Mục khác (ghi rõ)", "Something else (say what)"),
}
CHECKED = {
    "match": Words("Khớp", "Fits"),
    "mismatch": Words("Không khớp", "Does not fit"),
    "missing": Words("Thiếu", "Missing"),
}
RESULTS = {
    "passed": Words("Đối chiếu đạt", "Check passed"),
    "not_passed": Words("Đối chiếu chưa đạt", "Check not passed"),
}
WAIVING = {
    "national_database": Words("Đã có trong cơ sở dữ liệu quốc gia", "In a national database"),
    "seen_original": Words("Đã xem bản chính", "Original was seen"),
    "other": Words("Lý do khác (ghi rõ)", "Another reason (say which)"),
}


def confirm(about: Situation) -> Iterator[Form]:
    fees, names = _fees_told(about), about.lines
    rows = [field for row, fee in enumerate(fees, 1) for field in _fee_row(row, fee, names)]
    listed = _listed(about)
    yield Form(
        kind="confirm",
        title=act_words("confirm"),
        note=Words(
            "Hồ sơ có thật và khớp với đăng ký. Ghi các khoản phải nộp, nếu có; sửa số tiền khi được miễn, giảm.",
            "The dossier exists and fits. Enter what is due, if anything; put amounts right where there is a relief.",
        ),
        fields=(
            Field(
                name="dossier_code",
                words=Words("Mã hồ sơ", "Dossier code"),
                value=about.case.dossier_code or "",
                required=False,
                hint=Words("như H20.12-261123-0007", "such as H20.12-261123-0007"),
            ),
            *rows,
            *([_papers_told()] if listed is None else _papers_listed(listed)),
        ),
    )


def _listed(about: Situation) -> Sequence[Component] | None:
    """None: the catalogue does not know the list."""
    return None if about.version is None else about.version.content.components


def _papers_listed(listed: Sequence[Component]) -> Iterator[Field]:
    """All that is asked of everybody is ticked; what is asked in some cases only is not. Of an original that is only
    looked at a copy at most is taken (row 25)."""
    asked, seen = _taken(listed), [one for one in listed if one.original is OriginalFate.HANDED_BACK]
    if asked:
        yield Field(
            name="listed",
            words=Words("Giấy tờ phải nhận, theo danh mục", "Papers to collect, as listed"),
            kind="checks",
            value="\n".join(one.code for one in asked if one.when is None),
            required=False,
            options=tuple(_option(one) for one in asked),
        )
    if seen:
        yield Field(name="seen", words=SEEN, kind="told", options=component_options(seen))


def _taken(listed: Sequence[Component]) -> list[Component]:
    return [one for one in listed if is_taken(one)]


def _option(component: Component) -> Option:
    [plain] = component_options([component])
    if component.original is not OriginalFate.HANDED_BACK:
        return plain
    return Option(plain.value, Words(f"{plain.words.vi}: bản sao", f"{plain.words.en}: a copy"))


def _papers_told() -> Field:
    """Only where the catalogue does not know the list: nothing outside a published one may be asked for (row 33)."""
    return Field(
        name="components",
        words=Words("Giấy tờ phải nhận, mỗi dòng một loại", "Papers to collect, one a line"),
        kind="textarea",
        required=False,
    )


class _Fee(NamedTuple):
    line: str = "le_phi"
    amount: str = ""
    due: str = "reception"


def _fees_told(about: Situation) -> list[_Fee]:
    """What the catalogue says is paid when filed by post, where it needs no counting, unless it was quoted already; and
    empty rows."""
    version, told = about.version, list[_Fee]()
    known = {charge.line for charge in about.case.charges}
    if version is not None:
        quoted = quote(version, {}, (), FilingChannel.POST, about.case.regime_on)
        told = [
            _Fee(line.code, "" if line.amount is None else f"{line.amount}", line.due or "reception")
            for line in (quoted.lines if quoted is not None else ())
            if line.kind is FeeKind.STATE_FEE and line.code not in known
        ]
    return told + [_Fee()] * (FEE_ROWS - len(told))


def _fee_row(row: int, fee: _Fee, names: Mapping[str, Words]) -> Iterator[Field]:
    group = f"fee{row}"
    yield Field(
        name=f"line{row}",
        words=Words(f"Khoản {row}", f"Line {row}"),
        kind="select",
        value=fee.line,
        options=options(names),
        group=group,
    )
    yield Field(
        name=f"amount{row}",
        words=Words("Số tiền (đồng)", "Amount (đồng)"),
        kind="number",
        value=fee.amount,
        required=False,
        group=group,
    )
    yield Field(
        name=f"due{row}",
        words=Words("Nộp khi", "Due"),
        kind="select",
        value=fee.due,
        options=options(DUE),
        group=group,
    )


def confirmed(about: Situation, filled: Filled, act: UUID) -> Written:
    charges: list[dict[str, Any]] = [
        {
            "charge_id": str(derived("charge", act.hex, str(row))),
            "line": filled.choice(f"line{row}", about.lines),
            "amount": filled.whole(f"amount{row}", least=1),
            "due_at": filled.choice(f"due{row}", DUE),
        }
        for row in range(1, len(_fees_told(about)) + 1)
        if filled.maybe(f"amount{row}") is not None
    ]
    known = {one.code for one in _taken(_listed(about) or ())}
    listed = [code for code in filled.many("listed") if code in known]
    others = (filled.maybe("components", longest=2000, lines=True) or "").splitlines()
    return Written(
        {
            "dossier_code": filled.maybe("dossier_code", longest=40),
            "charges": charges,
            "components": [*listed, *(line.strip() for line in others if line.strip())],
        }
    )


def report_mismatch(_about: Situation) -> Iterator[Form]:
    field = Field(
        name="field",
        words=Words("Mục không khớp", "What does not fit"),
        kind="select",
        value="dossier_code",
        options=options(MISMATCHES),
    )
    yield Form(kind="report_mismatch", main=False, title=act_words("report_mismatch"), fields=(field, note_field()))


def mismatch_reported(_about: Situation, filled: Filled, _act: UUID) -> Written:
    return with_note({"field": filled.choice("field", MISMATCHES)}, filled)


def _brought(about: Situation) -> list[str]:
    """What the agency can compare: not results, nor originals that stayed with the citizen."""
    papers = about.case.papers
    return list(dict.fromkeys(one.component for one in papers if not one.is_result and one.state != "seen"))


def cross_check(about: Situation) -> Iterator[Form]:
    components = _brought(about)
    items = [
        Field(
            name=f"item:{component}",
            words=about.components.get(component, Words(component, component)),
            kind="radio",
            options=options(CHECKED),
        )
        for component in components
    ]
    result = Field(name="result", words=Words("Kết luận", "Conclusion"), kind="radio", options=options(RESULTS))
    yield Form(
        kind="cross_check",
        main=about.case.state != "check_passed",
        title=act_words("cross_check"),
        fields=(*items, result, note_field()),
        tried={item.name: "match" for item in items} | {"result": "passed"},
    )


def cross_checked(about: Situation, filled: Filled, _act: UUID) -> Written:
    components = _brought(about)
    items = [{"component": one, "result": filled.choice(f"item:{one}", CHECKED)} for one in components]
    result = filled.choice("result", RESULTS)
    if result == "passed" and any(item["result"] != "match" for item in items):
        raise FilledWrong(
            "Còn mục chưa khớp nên chưa thể ghi là đạt. Chọn “Đối chiếu chưa đạt”, hoặc sửa lại mục đó.",
            pointer="/result",
        )
    return with_note({"result": result, "items": items}, filled)


def waive(_about: Situation) -> Iterator[Form]:
    reason = Field(
        name="reason",
        words=Words("Lý do", "Reason"),
        kind="select",
        value="national_database",
        options=options(WAIVING),
    )
    yield Form(kind="waive", title=act_words("waive"), fields=(reason, note_field(required=True)), tried={"note": "…"})


def waived(_about: Situation, filled: Filled, _act: UUID) -> Written:
    filled.text("note", longest=2000)
    return with_note({"reason": filled.choice("reason", WAIVING)}, filled)


def report_portal_status(about: Situation) -> Iterator[Form]:
    usual = 4 if about.case.state == "check_passed" else about.case.portal_status or 1
    status = Field(
        name="status",
        words=Words("Trạng thái trên Cổng", "Status on the portal"),
        kind="select",
        value=str(usual),
        options=tuple(
            Option(str(number), Words(f"{number}. {said.vi}", f"{number}. {said.en}"))
            for number, said in PORTAL.items()
        ),
    )
    yield Form(kind="report_portal_status", main=False, title=act_words("report_portal_status"), fields=(status,))


def portal_status_reported(_about: Situation, filled: Filled, _act: UUID) -> Written:
    return Written({"status": filled.whole("status", least=1, most=10), "source": "portal"})


def release_result(about: Situation) -> Iterator[Form]:
    yield Form(
        kind="release_result",
        main=about.case.state != "result_ready",
        title=act_words("release_result"),
        note=Words(
            "Kết quả nằm trong bưu gửi riêng, cơ quan giữ cho đến khi bưu điện nhận.",
            "The result lies in a parcel of its own, with the agency until the post takes it over.",
        ),
        fields=(
            Field(name="originals", words=Words("Số bản chính", "Originals"), kind="number", value="1", group="n"),
            Field(name="copies", words=Words("Số bản sao", "Copies"), kind="number", value="0", group="n"),
        ),
    )


def result_released(_about: Situation, filled: Filled, act: UUID) -> Written:
    return Written(
        {
            "paper_id": str(derived("result", act.hex)),
            "parcel_id": str(derived("parcel", act.hex)),
            "component": "ket_qua",
            "originals": filled.whole("originals", least=1, most=50),
            "copies": filled.whole("copies", most=50),
        }
    )
