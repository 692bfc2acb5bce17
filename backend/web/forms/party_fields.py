"""Fields about who is who, and what people write in them. Pure: no I/O."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec.structs import replace

from backend.dossiers.party_model import PartyKind, PartyRole
from backend.procedures.model import Authority, Relation
from backend.web.forms.field import Field, Filled, FilledWrong, Option, options
from backend.web.party_views import PartyView
from backend.web.party_words import KINDS, born_words
from backend.web.procedure_words import AUTHORITIES, RELATIONS
from backend.web.words import Words, day

BESIDE = (PartyRole.FILER, PartyRole.REPRESENTATIVE, PartyRole.AUTHORISED, PartyRole.RECIPIENT)
_NAME = Words("Tên", "Name")
_PAPER = Words("Số giấy tờ", "Number of a paper")
PAPER_HINT = Words(
    "12 số, CMND 9 số, hoặc hộ chiếu; tổ chức: mã số thuế. Không có thì để trống",
    "12 digits, a CMND of 9, or a passport; organisation: tax code. Leave empty if none",
)
_DAY_HINT = Words("như 31/12/2026", "such as 31/12/2026")
_NOBODY = Words("Chưa ghi", "Not said")
_PASSPORT = re.compile("(?=.*[A-Z])[A-Z0-9]{5,20}")
_DATE = re.compile("([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")


def kind_field(prefix: str, value: str = PartyKind.PERSON) -> Field:
    return Field(
        name=f"{prefix}kind",
        words=Words("Cá nhân hay tổ chức", "Person or organisation"),
        kind="select",
        value=value,
        options=options(KINDS),
        group=f"{prefix}1",
    )


def born_field(prefix: str, value: str = "") -> Field:
    return Field(
        name=f"{prefix}born",
        words=Words("Ngày sinh hoặc năm sinh", "Day or year of birth"),
        hint=Words("15/01/1990, hoặc chỉ ghi 1950", "15/01/1990, or 1950 alone"),
        value=value,
        required=False,
        group=f"{prefix}1",
    )


def party_fields(prefix: str, party: PartyView | None = None, *, part: Words | None = None) -> tuple[Field, ...]:
    """`part`: of a long form, behind a heading of its own; an empty name then says that there is nobody."""
    paper = getattr(party, party.paper) if party is not None and party.paper is not None else ""
    until = party.authority_until if party is not None else None
    beside = party is None or party.role != PartyRole.OWNER
    fields = [
        Field(name=f"{prefix}name", words=_NAME, value=party.name if party else "", required=part is None),
        *([_relation(prefix, party)] if beside else []),
        kind_field(prefix, party.kind if party else PartyKind.PERSON),
        born_field(prefix, born_words(party.born).removeprefix("năm ") if party and party.born else ""),
        Field(name=f"{prefix}paper", words=_PAPER, hint=PAPER_HINT, value=paper, required=False),
        Field(
            name=f"{prefix}phone",
            words=Words("Điện thoại", "Phone"),
            value=(party and party.phone) or "",
            required=False,
            group=f"{prefix}2",
        ),
        _shared(prefix, checked=party is not None and party.shared_phone),
        *([_authority(prefix, party), _until(prefix, until)] if beside else []),
    ]
    return tuple(replace(field, part=part) for field in fields)


def _known(name: str, words: Words, value: str | None, among: Mapping[Any, Words], *, group: str = "") -> Field:
    """One of these, or nobody has said."""
    choices = (Option("", _NOBODY), *options(among))
    return Field(name=name, words=words, kind="select", value=value or "", required=False, options=choices, group=group)


def _relation(prefix: str, party: PartyView | None) -> Field:
    others = {code: said for code, said in RELATIONS.items() if code is not Relation.OWNER}
    words = Words("Quan hệ với chủ hồ sơ", "Relation to the owner")
    return _known(f"{prefix}relation", words, party and party.relation, others)


def _authority(prefix: str, party: PartyView | None) -> Field:
    others = {code: said for code, said in AUTHORITIES.items() if code is not Authority.IN_PERSON}
    words = Words("Giấy tờ để làm thay", "Authority")
    return _known(f"{prefix}authority", words, party and party.authority, others, group=f"{prefix}3")


def _shared(prefix: str, *, checked: bool) -> Field:
    return Field(
        name=f"{prefix}shared",
        words=Words("Điện thoại dùng chung", "Shared phone"),
        kind="checks",
        value="yes" if checked else "",
        required=False,
        options=(Option("yes", Words("Nhiều người dùng chung máy này", "Several people use this phone")),),
    )


def _until(prefix: str, until: date | None) -> Field:
    return Field(
        name=f"{prefix}until",
        words=Words("Có hiệu lực đến hết ngày", "Last day"),
        hint=_DAY_HINT,
        value="" if until is None else day(until),
        required=False,
        group=f"{prefix}3",
    )


def read_party(filled: Filled, prefix: str, known: PartyView | None = None) -> dict[str, Any]:
    """As it stands in the personal part, without id and role. Raises FilledWrong."""
    kind = read_kind(filled, f"{prefix}kind")
    until = filled.maybe(f"{prefix}until")
    told = {
        "name": filled.text(f"{prefix}name", longest=200),
        "kind": kind,
        "born": read_born(filled, f"{prefix}born"),
        "phone": read_phone(filled, f"{prefix}phone"),
        "shared_phone": bool(filled.many(f"{prefix}shared")) or None,
        "relation": filled.maybe_choice(f"{prefix}relation", RELATIONS),
        "authority": filled.maybe_choice(f"{prefix}authority", AUTHORITIES),
        "authority_until": None if until is None else read_day(until, f"{prefix}until").isoformat(),
    }
    return {name: value for name, value in (told | _papers(filled, prefix, kind, known)).items() if value is not None}


def read_kind(filled: Filled, name: str) -> str:
    """A person, unless it is said otherwise."""
    return filled.maybe_choice(name, KINDS) or PartyKind.PERSON


def _papers(filled: Filled, prefix: str, kind: str, known: PartyView | None) -> dict[str, str | None]:
    """What the field shows is replaced, other numbers that are known stay."""
    others = ("number", "old_number", "passport", "tax_code")
    kept = {name: getattr(known, name) for name in others if known is not None and name != known.paper}
    return kept | read_paper(filled, f"{prefix}paper", kind)


def read_paper(filled: Filled, name: str, kind: str) -> dict[str, str]:
    """Which number it is, by its form; nothing where there is none. Raises FilledWrong."""
    text = re.sub("[ .]", "", filled.maybe(name, longest=30) or "").upper()
    if not text:
        return {}
    if kind == PartyKind.ORGANISATION:
        text = f"{text[:10]}-{text[10:]}" if re.fullmatch("[0-9]{13}", text) else text
        if re.fullmatch("[0-9]{10}(-[0-9]{3})?", text):
            return {"tax_code": text}
        raise FilledWrong("Mã số thuế có 10 chữ số, hoặc 10 chữ số và 3 số sau gạch ngang.", pointer=f"/{name}")
    for column, shape in (("number", "[0-9]{12}"), ("old_number", "[0-9]{9}"), ("passport", _PASSPORT.pattern)):
        if re.fullmatch(shape, text):
            return {column: text}
    raise FilledWrong("Số giấy tờ có 9 hoặc 12 chữ số, hoặc là số hộ chiếu. Xem lại trên thẻ.", pointer=f"/{name}")


def read_born(filled: Filled, name: str) -> str | None:
    """A day, or a year alone. Raises FilledWrong."""
    text = filled.maybe(name, longest=20)
    if text is None or re.fullmatch("[12][0-9]{3}", text):
        return text
    return read_day(text, name).isoformat()


def read_day(text: str, name: str) -> date:
    """Written as 31/12/2026. Raises FilledWrong."""
    found = _DATE.fullmatch(text)
    try:
        if found is not None:
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        pass
    raise FilledWrong("Ghi ngày như 31/12/2026 rồi gửi lại.", pointer=f"/{name}")


def read_phone(filled: Filled, name: str) -> str | None:
    phone = filled.maybe(name, longest=19)
    if phone is not None and not (phone.removeprefix("+").replace(" ", "").isdigit() and len(phone) > 2):
        raise FilledWrong("Số điện thoại chỉ gồm chữ số. Xem lại rồi gửi lại.", pointer=f"/{name}")
    return phone
