"""What a procedure costs and wants to be brought is said by the centre and by the phone: alike, whatever the tariff."""

import os
import random
import secrets
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import msgspec

from backend.dossiers import parties
from backend.ids import derived
from backend.procedures import seed
from backend.procedures.errors import QuantityWrong, ReliefUnknown
from backend.procedures.model import (
    Component,
    Content,
    FeeKind,
    FeeLine,
    FeeUnit,
    FilingChannel,
    OriginalFate,
    Relief,
    Tier,
)
from backend.procedures.quoting import UNITS, QuotedLine, quote
from backend.text import folded
from backend.visits.lists import lists
from tests.courier_api.asking import answers, ask
from tests.procedures.builders import a_version

SEED = int(os.environ.get("TARIFF_SEED") or secrets.randbits(32))
"""A new one each time; a failure names it, and `TARIFF_SEED` brings it back."""
DAYS = [date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 26), date(2027, 1, 1)]
"""About which reliefs begin and end."""
RELIEFS = ("ho_ngheo", "nguoi_co_cong", "truc_tuyen")


class Chance:
    """Makes tariffs, and what is asked of them."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def maybe(self, value: Any, share: float = 0.5) -> Any:
        return value if self.random.random() < share else None

    def relief(self, code: str) -> Relief:
        return Relief(
            code=code,
            who="Người thuộc diện",
            percent=self.maybe(self.random.choice([1, 30, 33, 50, 99, 100]), 0.8),
            valid_from=self.maybe(self.random.choice(DAYS), 0.3),
            valid_until=self.maybe(self.random.choice(DAYS), 0.3),
        )

    def tiers(self) -> tuple[Tier, ...]:
        firsts = [1, *sorted(self.random.sample(range(2, 60), self.random.choice([0, 0, 1, 2, 3])))]
        return tuple(Tier(first=first, amount=self.random.choice([0, 1, 999, 2_000, 10_007])) for first in firsts)

    def line(self, code: str) -> FeeLine:
        unit = self.random.choice(list(FeeUnit))
        return FeeLine(
            code=code,
            name=f"Phí {code}",
            kind=self.random.choice(list(FeeKind)),
            unit=unit,
            per=self.maybe(self.random.choice([one for one in FeeUnit if one is not unit]), 0.4),
            tiers=self.maybe(self.tiers(), 0.9),
            minimum=self.maybe(self.random.choice([0, 3_000, 50_000]), 0.3),
            cap=self.maybe(self.random.choice([0, 40_000, 200_000]), 0.3),
            channels=tuple(one for one in FilingChannel if self.random.random() < 0.3),
            reliefs=tuple(self.relief(one) for one in RELIEFS if self.random.random() < 0.5),
        )

    def fees(self) -> tuple[FeeLine, ...] | None:
        return self.maybe(tuple(self.line(f"khoan_{n}") for n in range(self.random.randrange(5))), 0.95)

    def counts(self) -> dict[FeeUnit, int]:
        numbers = [0, 1, 2, 3, 7, 59, 60, 1_000, 100_000, 100_001]
        shares = [1, 40, 40, 40, 40, 20, 20, 10, 4, 1]
        return {unit: self.random.choices(numbers, shares)[0] for unit in FeeUnit if self.random.random() < 0.5}

    def component(self, code: str) -> Component:
        return Component(
            code=code,
            name=f"Giấy {code}",
            originals=self.maybe(self.random.randrange(4)),
            copies=self.maybe(self.random.randrange(4)),
            original=self.maybe(self.random.choice(list(OriginalFate)), 0.8),
            photograph=self.maybe(self.random.random() < 0.5),
            surrender=self.maybe(self.random.random() < 0.5),
            when=self.maybe("khi có người đi thay", 0.2),
        )


def sent(value: Any) -> Any:
    """As the catalogue brings it to phones: what has its usual value is left out."""
    return msgspec.to_builtins(value)


def by_the_centre(fees: tuple[FeeLine, ...] | None, told: dict[str, Any]) -> list[dict[str, Any]] | str | None:
    """What both say of a line; a text for what cannot be asked."""
    version = a_version(content=Content(fees=fees))
    try:
        found = quote(version, told["quantities"], told["reliefs"], told["channel"], told["on"])
    except (QuantityWrong, ReliefUnknown):
        return "thrown"
    return None if found is None else [_said(line) for line in found.lines]


_NOT_COUNTED = {f"Chưa đếm số {words}": str(unit) for unit, words in UNITS.items()}


def _said(line: QuotedLine) -> dict[str, Any]:
    counted = line.basis.partition(";")[0]
    return {
        "code": line.code,
        "name": line.name,
        "name_en": None,
        "kind": line.kind,
        "due": line.due,
        "payee": line.payee,
        "amount": line.amount,
        "missing": _NOT_COUNTED.get(counted) if line.amount is None else None,
        "relief": line.relief,
        "provisional": line.provisional,
    }


def test_centre_and_phone_say_the_same_amounts() -> None:
    chance = Chance(SEED)
    cases = [
        (
            chance.fees(),
            {
                "quantities": chance.counts(),
                "reliefs": [one for one in RELIEFS if chance.random.random() < 0.25],
                "channel": chance.random.choice(list(FilingChannel)),
                "on": chance.random.choice(DAYS),
            },
        )
        for _ in range(6_000)
    ]
    said = ask({"ask": "quote", "fees": sent(fees), "told": sent(told)} for fees, told in cases)
    seen: set[str] = set()
    for (fees, told), answer in zip(cases, said, strict=True):
        centre = by_the_centre(fees, told)
        phone = "thrown" if "thrown" in answer else answer.get("answer")
        assert phone == centre, f"TARIFF_SEED={SEED}, first difference: {fees} {told}"
        seen.update(_kinds_of(centre))
    assert seen == {"thrown", "nobody knows", "free", "priced", "not counted", "not known", "relieved", "provisional"}


def _kinds_of(said: list[dict[str, Any]] | str | None) -> set[str]:
    """So that what is compared is worth comparing."""
    if said is None or isinstance(said, str):
        return {"nobody knows" if said is None else said}
    found: set[str] = set()
    for line in said:
        if line["amount"] is None:
            found.add("not counted" if line["missing"] else "not known")
        else:
            found.add("free" if line["amount"] == 0 else "priced")
        found |= {"relieved"} if line["relief"] else set()
        found |= {"provisional"} if line["provisional"] else set()
    return found


def test_centre_and_phone_say_the_same_of_the_samples_that_come_with_the_product() -> None:
    told = {"quantities": {FeeUnit.COPY: 3, FeeUnit.PAGE: 5}, "reliefs": [], "channel": "post", "on": DAYS[1]}
    samples = [one for one in seed.samples() if one.holds(DAYS[1])]
    said = answers({"ask": "quote", "fees": sent(one.content.fees), "told": sent(told)} for one in samples)
    for version, phone in zip(samples, said, strict=True):
        centre = quote(version, told["quantities"], (), FilingChannel.POST, DAYS[1])
        amounts = None if centre is None else [(line.code, line.amount) for line in centre.lines]
        assert (None if phone is None else [(line["code"], line["amount"]) for line in phone]) == amounts


def test_centre_and_phone_ask_for_the_same_papers() -> None:
    chance = Chance(SEED)
    cases = [
        chance.maybe([chance.component(f"giay_{n}") for n in range(chance.random.randrange(6))], 0.95)
        for _ in range(2_000)
    ]
    said = answers({"ask": "needs", "components": sent(components)} for components in cases)
    for components, phone in zip(cases, said, strict=True):
        centre = lists("collect", None, (), (), components, DAYS[0])
        wanted = sent({"take": centre.take, "see": centre.see, "known": centre.known})
        assert phone == wanted, f"TARIFF_SEED={SEED}, first difference: {components}"


def test_centre_and_phone_fold_texts_alike() -> None:
    texts = ["Đăng ký khai sinh", "  HOÀ  hòa ", "Trích lục hộ tịch", "Ðường", "ﬁle ½", "Nguyễn Thị Huệ", ""]
    texts += [one.name for one in seed.samples()]
    assert answers([{"ask": "folded", "texts": texts}]) == [[folded(one) for one in texts]]


def test_the_owner_of_a_case_has_the_same_id_on_both_sides() -> None:
    cases = [UUID(int=0), *(uuid4() for _ in range(20))]
    said = answers({"ask": "derived", "parts": ["party", case.hex, "owner"]} for case in cases)
    assert said == [str(parties.owner_id(case)) for case in cases]
    assert answers([{"ask": "derived", "parts": ["a", "", "ă"]}]) == [str(derived("a", "", "ă"))]
