"""What a procedure costs, before and after somebody has counted (F21). Pure: no I/O.

Quantities and reliefs said at the door are provisional; the agency's count is final.
"""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

import msgspec

from backend.procedures.amounts import money
from backend.procedures.errors import NotInForce, QuantityWrong, ReliefUnknown
from backend.procedures.model import DueAt, FeeKind, FeeLine, FeeUnit, FilingChannel, Payee, ProcedureVersion, Relief

MOST_UNITS = 100_000
ONE_BY_ITSELF = frozenset({FeeUnit.DOSSIER, FeeUnit.PERSON, FeeUnit.ITEM})
"""One, unless more are said; pages and copies must be counted by somebody."""
UNITS = {
    FeeUnit.DOSSIER: "hồ sơ",
    FeeUnit.COPY: "bản",
    FeeUnit.PAGE: "trang",
    FeeUnit.PERSON: "người",
    FeeUnit.ITEM: "bưu gửi",
}
Quantities = Mapping[FeeUnit, int]


class QuotedLine(msgspec.Struct, frozen=True, kw_only=True):
    """`amount`: đồng, None when it is not known. `basis`: how it comes about, in Vietnamese. `relief`: the one that was
    taken off. `provisional`: the agency's count or decision may still change it."""

    code: str
    name: str
    kind: FeeKind
    due: DueAt | None
    payee: Payee | None
    amount: int | None
    basis: str
    relief: str | None = None
    provisional: bool


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """Báo trước số tiền, by the tariff of the day `on`."""

    version: UUID
    on: date
    lines: tuple[QuotedLine, ...]

    def total(self, *kinds: FeeKind) -> int | None:
        """Of these kinds, or of all. None while one of its lines is not known."""
        amounts = [line.amount for line in self.lines if not kinds or line.kind in kinds]
        return None if None in amounts else sum(amount for amount in amounts if amount is not None)


def quote(
    version: ProcedureVersion,
    quantities: Quantities,
    reliefs: Collection[str],
    channel: FilingChannel,
    on: date,
    *,
    counted: bool = False,
) -> Quote | None:
    """`reliefs`: codes claimed. `counted`: the quantities and reliefs are the agency's. `on`: the moment of collection.

    None when nobody knows what is charged. Raises NotInForce, ReliefUnknown, QuantityWrong.
    """
    if not version.holds(on):
        raise NotInForce(f"Bản này không áp dụng ngày {on:%d/%m/%Y}. Lấy bản của ngày đó rồi tính lại.")
    for unit, number in quantities.items():
        if not 1 <= number <= MOST_UNITS:
            raise QuantityWrong(f"Số {UNITS[unit]} phải từ 1 đến {MOST_UNITS}. Đếm lại rồi nhập lại.")
    if version.content.fees is None:
        return None
    lines = [line for line in version.content.fees if not line.channels or channel in line.channels]
    known = {relief.code for line in version.content.fees for relief in line.reliefs if relief.holds(on)}
    for code in reliefs:
        if code not in known:
            raise ReliefUnknown(f"Ngày {on:%d/%m/%Y} thủ tục này không có mức miễn, giảm “{code}”. Bỏ mục đó.")
    quoted = tuple(_quoted(line, quantities, reliefs, on, counted=counted) for line in lines)
    return Quote(version=version.id, on=on, lines=quoted)


def _quoted(line: FeeLine, quantities: Quantities, claimed: Collection[str], on: date, *, counted: bool) -> QuotedLine:
    whole, basis = _before_relief(line, quantities)
    relief = _best([relief for relief in line.reliefs if relief.code in claimed and relief.holds(on)])
    amount = whole
    if relief is not None:
        amount = _after(whole, relief)
        basis = f"{basis}; {_relief_words(relief)}"
    said = relief is not None or any(unit in quantities for unit in (line.unit, line.per))
    return QuotedLine(
        code=line.code,
        name=line.name,
        kind=line.kind,
        due=line.due,
        payee=line.payee,
        amount=amount,
        basis=basis,
        relief=None if relief is None else relief.code,
        provisional=amount is None or (said and not counted),
    )


def _before_relief(line: FeeLine, quantities: Quantities) -> tuple[int | None, str]:
    if line.tiers is None:
        return None, "Mức thu chưa rõ"
    number = _number(line.unit, quantities)
    times = 1 if line.per is None else _number(line.per, quantities)
    missing = line.unit if number is None else line.per
    if number is None or times is None:
        return None, f"Chưa đếm số {UNITS[missing or line.unit]}"
    each = _each(line, number)
    bounded = max(each, line.minimum or 0)
    bounded = bounded if line.cap is None else min(bounded, line.cap)
    return bounded * times, _basis(line, number, times, each, bounded)


def _number(unit: FeeUnit, quantities: Quantities) -> int | None:
    return quantities.get(unit, 1 if unit in ONE_BY_ITSELF else None)


def _each(line: FeeLine, number: int) -> int:
    """The tiers laid over `number` units."""
    tiers = line.tiers or ()
    ends = [tier.first - 1 for tier in tiers[1:]] + [number]
    return sum(max(0, min(end, number) - tier.first + 1) * tier.amount for tier, end in zip(tiers, ends, strict=True))


def _basis(line: FeeLine, number: int, times: int, each: int, bounded: int) -> str:
    counted = f"{number} {UNITS[line.unit]}" + (f" × {times} {UNITS[line.per]}" if line.per is not None else "")
    said = f"{counted}: {prices(line)}"
    if bounded < each:
        said += ", đã tính mức tối đa"
    if bounded > each:
        said += ", đã tính mức tối thiểu"
    return said


def prices(line: FeeLine) -> str:
    """The tariff of a line in words: `2.000 đ một trang, từ trang thứ 3: 1.000 đ, nhiều nhất 200.000 đ một bản`."""
    if line.tiers is None:
        return "mức thu chưa rõ"
    unit = UNITS[line.unit]
    words = [
        f"{money(tier.amount)} một {unit}" if tier.first == 1 else f"từ {unit} thứ {tier.first}: {money(tier.amount)}"
        for tier in line.tiers
    ]
    of = f" một {UNITS[line.per]}" if line.per is not None else ""
    words += [f"ít nhất {money(line.minimum)}{of}"] if line.minimum is not None else []
    words += [f"nhiều nhất {money(line.cap)}{of}"] if line.cap is not None else []
    return ", ".join(words)


def _best(reliefs: Collection[Relief]) -> Relief | None:
    """Reliefs are not added up: the greatest holds. One of unknown size is taken only when there is no other."""
    return max(reliefs, key=lambda relief: relief.percent or 0, default=None)


def _after(whole: int | None, relief: Relief) -> int | None:
    """Free is free, whatever it would have cost. What is taken off is rounded down to the đồng."""
    if relief.percent == 100:
        return 0
    return None if whole is None or relief.percent is None else whole - whole * relief.percent // 100


def _relief_words(relief: Relief) -> str:
    if relief.percent is None:
        return f"giảm chưa rõ mức: {relief.who}"
    return f"miễn: {relief.who}" if relief.percent == 100 else f"giảm {relief.percent}%: {relief.who}"
