"""A procedure as it is on a day: what is brought, paid, waited for, and by whom. Pure: no I/O.

None is "nobody has found out" (chưa rõ); an empty list is "none, and we know it". Structs below `Content` are also the
form of the data file, of the database's document and of the phones' catalogue: fields are added, never renamed.
Days are dates in Việt Nam; `valid_until` is the first day on which a thing no longer holds.
"""

from datetime import date, time
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec

from backend.procedures.served import OnlineLevel, ServiceModel

NATIONAL = r"[123]\.[0-9]{6}"
"""A code of the national database (facts B3)."""
OWN = r"[A-Z][0-9]{2}\.[A-Z0-9]{2,12}"
"""A code of the province's own, after its identifier: for what has no national code, or none we could check."""
ProcedureCode = Annotated[str, msgspec.Meta(pattern=f"^({NATIONAL}|{OWN})$")]
Word = Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9_]{1,39}$")]  # of a component, a fee line, a relief
Line = Annotated[str, msgspec.Meta(min_length=1, max_length=400)]
Dong = Annotated[int, msgspec.Meta(ge=0, le=1_000_000_000)]
Count = Annotated[int, msgspec.Meta(ge=0, le=99)]
Days = Annotated[int, msgspec.Meta(ge=1, le=400)]


class Agency(StrEnum):
    """Which kind of agency decides (cơ quan giải quyết)."""

    COMMUNE = "commune"
    COMMUNE_POLICE = "commune_police"
    LAND_OFFICE = "land_office"
    PROVINCE = "province"
    PROVINCE_POLICE = "province_police"


class PaperForm(StrEnum):
    """In which form a component is taken (F14). `plain_copy`: with the original shown. `in_database`: already in a
    national one or VNeID, do not ask. The others are also the forms of a paper in `backend/parcels`."""

    ORIGINAL = "original"
    REGISTER_COPY = "register_copy"
    CERTIFIED_COPY = "certified_copy"
    PLAIN_COPY = "plain_copy"
    ELECTRONIC_COPY = "electronic_copy"
    IN_DATABASE = "in_database"


class OriginalFate(StrEnum):
    """What happens to an original at the door (F14)."""

    HANDED_BACK = "handed_back"
    TRAVELS = "travels"
    NOT_ASKED = "not_asked"


class SignatureMode(StrEnum):
    """How it is signed (F06). A drawn signature is evidence, not a legal signature."""

    DRAWN = "drawn"
    INK = "ink"
    FINGERPRINT = "fingerprint"
    REPRESENTATIVE = "representative"
    WITNESSED = "witnessed"
    CODE = "code"
    DIGITAL = "digital"


class FeeKind(StrEnum):
    """Phí, lệ phí; or cước, the enterprise's own, which stands on no fee receipt (F08)."""

    STATE_FEE = "state_fee"
    POSTAGE = "postage"


class FeeUnit(StrEnum):
    """What is counted."""

    DOSSIER = "dossier"
    COPY = "copy"
    PAGE = "page"
    PERSON = "person"
    ITEM = "item"


class FilingChannel(StrEnum):
    """How the dossier reaches the agency: `KenhThucHien` 1, 2, 3."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    POST = "post"


class DueAt(StrEnum):
    """When a line is paid."""

    RECEPTION = "reception"
    RETURN = "return"


class Payee(StrEnum):
    """Whose money it is."""

    AGENCY = "agency"
    POST = "post"


class TimeKind(StrEnum):
    """How time is counted. `days`: calendar days by law."""

    IN_DAY = "in_day"
    WORKING_DAYS = "working_days"
    DAYS = "days"


class RecipientClass(StrEnum):
    """Who may receive the result (F07)."""

    OWNER = "owner"
    REGISTERED = "registered"
    HOUSEHOLD = "household"


class Relation(StrEnum):
    """Who acts, by their relation to the owner (F05)."""

    OWNER = "owner"
    REPRESENTATIVE = "representative"
    PARENT = "parent"
    SPOUSE = "spouse"
    CHILD = "child"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    RELATIVE = "relative"
    EMPLOYEE = "employee"
    ANYONE = "anyone"


class Authority(StrEnum):
    """What they must show."""

    IN_PERSON = "in_person"
    NONE = "none"
    MANDATE = "mandate"
    CERTIFIED_MANDATE = "certified_mandate"
    INTRODUCTION = "introduction"


def _within(first: date | None, on: date, until: date | None) -> bool:
    return (first is None or first <= on) and (until is None or on < until)


class _Written(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Part of a published document."""


class Component(_Written, frozen=True, kw_only=True):
    """One item of the list (thành phần hồ sơ). `original`: what happens to it. `surrender`: an old paper that is taken
    in. `signatures`: modes accepted on it, none for what is not signed. `when`: asked for in that case only.
    `form`: the official form it is written on. `photograph`: of an original that is handed back, a picture is kept."""

    code: Word
    name: Line
    name_en: Line | None = None
    forms: tuple[PaperForm, ...] | None = None
    originals: Count | None = None
    copies: Count | None = None
    original: OriginalFate | None = None
    photograph: bool | None = None
    cross_check: bool | None = None
    surrender: bool | None = None
    signatures: tuple[SignatureMode, ...] | None = None
    when: Line | None = None
    form: Line | None = None


class Tier(_Written, frozen=True, kw_only=True):
    """From the `first` unit on, until the next tier, each costs `amount` đồng."""

    first: Annotated[int, msgspec.Meta(ge=1, le=100_000)]
    amount: Dong


class Relief(_Written, frozen=True, kw_only=True):
    """Miễn, giảm: who, shown by what, how much of the line is taken off (`percent`, 100: free), from when to when."""

    code: Word
    who: Line
    who_en: Line | None = None
    evidence: Line | None = None
    percent: Annotated[int, msgspec.Meta(ge=1, le=100)] | None = None
    valid_from: date | None = None
    valid_until: date | None = None

    def holds(self, on: date) -> bool:
        return _within(self.valid_from, on, self.valid_until)


class FeeLine(_Written, frozen=True, kw_only=True):
    """A line of the tariff. `tiers` price each `unit`, None when the amount is not known. With `per`, that is done for
    each of those (pages of every copy), and `minimum` and `cap` hold for each. `channels`: due when filed so; none: in
    every way of filing."""

    code: Word
    name: Line
    name_en: Line | None = None
    kind: FeeKind = FeeKind.STATE_FEE
    unit: FeeUnit = FeeUnit.DOSSIER
    per: FeeUnit | None = None
    tiers: tuple[Tier, ...] | None = None
    minimum: Dong | None = None
    cap: Dong | None = None
    channels: tuple[FilingChannel, ...] = ()
    due: DueAt | None = None
    payee: Payee | None = None
    reliefs: tuple[Relief, ...] = ()


class TimeLimit(_Written, frozen=True, kw_only=True):
    """From the agency's receipt of a complete dossier (F03). `cut_off`: time of day in Việt Nam after which what is
    done within the day is due the next working day. `longer`, `longer_when`: days more, in that case."""

    kind: TimeKind
    count: Days | None = None
    cut_off: time | None = None
    longer: Days | None = None
    longer_when: Line | None = None


class MayAct(_Written, frozen=True, kw_only=True):
    """Who may lodge, and by what authority."""

    who: Relation
    authority: Authority


class Signing(_Written, frozen=True, kw_only=True):
    """How a kind of paper, or one paper of the list, is signed (F06), and before how many witnesses at least where that
    takes witnesses."""

    document: Word
    modes: tuple[SignatureMode, ...]
    witnesses: Annotated[int, msgspec.Meta(ge=1, le=4)] = 1


class LegalBasis(_Written, frozen=True, kw_only=True):
    """Căn cứ pháp lý."""

    number: Line
    issued: date | None = None
    issuer: Line | None = None


class Content(_Written, frozen=True, kw_only=True):
    """What a version says. `home`: whether it may be done at the citizen's home, and by which models.
    `check_delegated`: whether the courier may cross-check at the door (F22). `signing`: where it differs from what is
    usual. `linked`: to be proposed with it (F29)."""

    components: tuple[Component, ...] | None = None
    fees: tuple[FeeLine, ...] | None = None
    time: TimeLimit | None = None
    online: OnlineLevel | None = None
    home: bool | None = None
    home_models: tuple[ServiceModel, ...] | None = None
    check_delegated: bool | None = None
    recipients: RecipientClass | None = None
    acting: tuple[MayAct, ...] | None = None
    signing: tuple[Signing, ...] | None = None
    result: Line | None = None
    linked: tuple[ProcedureCode, ...] = ()


class ProcedureVersion(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `procedure_versions`. `official`: published by the province; else a sample (mẫu) that nobody has held
    against a decision. `recalled`: which of its fields are from memory."""

    id: UUID
    code: ProcedureCode
    valid_from: date | None = None
    valid_until: date | None = None
    name: Line
    name_en: Line | None = None
    field: Line | None = None
    agency: Agency | None = None
    official: bool
    legal_basis: tuple[LegalBasis, ...] = ()
    recalled: tuple[str, ...] = ()
    content: Content
    source: Line

    def holds(self, on: date) -> bool:
        return _within(self.valid_from, on, self.valid_until)
