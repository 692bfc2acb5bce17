"""What will happen on the day: drawn from the seed alone, so that the same seed is the same day."""

from collections.abc import Iterator
from random import Random
from typing import Any, Literal

import msgspec

from backend.simulate.faults import Faults, times
from backend.simulate.happenings import HAPPENINGS, PAYING, Happening, how_often
from backend.simulate.naming import dice

Channel = Literal["one_stop", "hotline", "post"]
CHANNELS: tuple[Channel, ...] = ("one_stop", "hotline", "post")
FEES = (5_000, 8_000, 15_000, 20_000, 50_000)
"""Đồng."""
NOT_MET = ("V01", "V02", "V04", "V06", "V08")
NOT_HANDED_OVER = ("H01", "H02", "H17")
"""Reasons after which one comes again (the data file of reasons, B2 and B3)."""

AT_COUNTERS = 20_000
"""From here on visits at counters are numbered."""
_HANDED_OVER = 4
"""Of so many visits, one hands a result over."""
_FAILING, _HOUSEHOLDS, _WALK_INS, _PAYING, _CALLED, _MOVED, _WAIVED = 0.08, 0.08, 0.1, 0.7, 0.3, 0.05, 0.08
_BAGGED = 0.5
"""Of the rounds."""


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """A result is taken to the citizen. `fee`: due at return, 0 for none. `happening`: what becomes of one that is not
    handed over."""

    fee: int
    failure: str | None = None
    happening: str | None = None


class PickUp(msgspec.Struct, frozen=True, kw_only=True):
    """A courier collects papers at a house, or a clerk at a counter. Who is not met (`failure`) gives none."""

    number: int
    phone: int
    channel: Channel
    pages: tuple[int, ...]
    """Of each paper."""
    fees: tuple[int, ...]
    household: bool
    """Two dossiers of one house: one visit, two cases."""
    walk_in: bool
    """A neighbour at the gate registers on the spot."""
    called: bool
    """The post calls before."""
    moved: bool
    """To another window, before the day."""
    by_post: bool
    """The parcel goes over the post's counter, not straight to the one-stop."""
    by_bag: bool = False
    """What goes over the counter goes on in a bag, with the others of the round."""
    failure: str | None = None
    waived: bool = False
    """The check is not passed, and a named approver lets it through."""
    delivery: Delivery | None = None
    cancelled: bool = False
    happening: str | None = None
    tricks: frozenset[str] = frozenset()
    at_counter: bool = False
    """Of a post: nobody goes anywhere."""
    copies: int = 0
    """How many the citizen asks for there, each at the tariff of the day."""


class PhonePlan(msgspec.Struct, frozen=True, kw_only=True):
    """What is particular about a phone. `lost_after`: at which house of its round it is lost."""

    number: int
    years_wrong: int = 0
    dead_zone: bool = False
    lost_after: int | None = None
    carried_by: int | None = None


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    seed: int
    phones: tuple[PhonePlan, ...]
    pick_ups: tuple[PickUp, ...]
    shifts: dict[str, int] = {}
    """What happens to couriers' days, and to how many of them."""
    counters: tuple[PickUp, ...] = ()
    """Visits that citizens pay to posts, in their order; the first phone's post is the first's."""

    def round_of(self, phone: int) -> list[PickUp]:
        return [pick_up for pick_up in self.pick_ups if pick_up.phone == phone]

    @property
    def visits(self) -> int:
        return len(self.pick_ups) + sum(pick_up.delivery is not None for pick_up in self.pick_ups)


def plan(seed: int, couriers: int, visits: int, faults: Faults) -> Plan:
    """So many phones, and exactly so many visits: about three of four collect, one hands over a result."""
    deliveries = visits // _HANDED_OVER
    pick_ups = [_pick_up(seed, number, couriers) for number in range(visits - deliveries)]
    pick_ups = _with_tricks(seed, pick_ups, faults)
    able = [one.number for one in pick_ups if one.failure is None and not one.cancelled]
    for number in dice(seed, "deliveries").sample(able, min(deliveries, len(able))):
        pick_ups[number] = msgspec.structs.replace(pick_ups[number], delivery=_delivery(seed, number))
    missing = visits - len(pick_ups) - sum(one.delivery is not None for one in pick_ups)
    pick_ups += [_pick_up(seed, number, couriers) for number in range(len(pick_ups), len(pick_ups) + missing)]
    shifts = {one.name: how_often(seed, one, visits) for one in HAPPENINGS if one.of == "shift"}
    for one in HAPPENINGS:
        _deal(seed, one, how_often(seed, one, visits), pick_ups)
    return Plan(
        seed=seed,
        phones=_phones(seed, couriers, faults, pick_ups),
        pick_ups=tuple(pick_ups),
        shifts=shifts,
        counters=tuple(_at_counters(seed, visits)),
    )


def _at_counters(seed: int, visits: int) -> Iterator[PickUp]:
    """Beside the visits of couriers."""
    number = AT_COUNTERS
    for one in HAPPENINGS:
        for _ in range(how_often(seed, one, visits) if one.of == "counter" else 0):
            chance = dice(seed, "counter", number)
            yield PickUp(
                number=number,
                phone=number - AT_COUNTERS,
                channel="post",
                pages=tuple(1 for _ in range(chance.randint(1, 2))),
                fees=(),
                household=False,
                walk_in=one.name != "counter_failed" and chance.random() < 0.5,
                called=False,
                moved=False,
                by_post=True,
                failure=one.reason,
                happening=one.name,
                at_counter=True,
                copies=chance.randint(1, 4),
            )
            number += 1


def _deal(seed: int, one: Happening, how_many: int, pick_ups: list[PickUp]) -> None:
    """To visits that nothing else happens to. A pick-up becomes what the happening needs."""
    able = [pick_up.number for pick_up in pick_ups if _may(one, pick_up)]
    for number in dice(seed, "happening", one.name).sample(able, min(how_many, len(able))):
        pick_up = pick_ups[number]
        delivery = pick_up.delivery
        if delivery is not None and one.of == "delivery":
            delivery = msgspec.structs.replace(delivery, happening=one.name, failure=one.reason, fee=0)
            pick_ups[number] = msgspec.structs.replace(pick_up, delivery=delivery)
            continue
        pick_ups[number] = msgspec.structs.replace(
            pick_up,
            happening=one.name,
            failure=one.reason,
            household=one.of == "household",
            walk_in=one.of == "gate",
            by_post=pick_up.by_post or one.name == "torn_pouch",
            by_bag=pick_up.by_bag and one.name != "torn_pouch",
            moved=pick_up.moved and one.name != "on_paper",
            fees=pick_up.fees or (FEES[number % len(FEES)],) if one.name in PAYING else pick_up.fees,
        )


def _may(one: Happening, pick_up: PickUp) -> bool:
    if pick_up.cancelled or "newer" in pick_up.tricks or one.of in ("shift", "counter"):
        return False
    delivery = pick_up.delivery
    if one.of == "delivery":
        return delivery is not None and delivery.failure is None
    if pick_up.happening is not None or (one.of in ("ends", "failure") and delivery is not None):
        return False
    plain = pick_up.failure is None and not pick_up.household and not pick_up.walk_in
    return pick_up.phone == 0 if one.of == "approver" else plain or one.of in ("household", "failure", "gate")


def _pick_up(seed: int, number: int, couriers: int) -> PickUp:
    chance = dice(seed, "pick-up", number)
    failing = chance.random() < _FAILING
    household = not failing and chance.random() < _HOUSEHOLDS
    return PickUp(
        number=number,
        phone=number % couriers,
        channel=chance.choice(CHANNELS),
        pages=tuple(chance.randint(1, 2) for _ in range(chance.randint(1, 3))),
        fees=tuple(chance.sample(FEES, chance.randint(1, 2))) if chance.random() < _PAYING else (),
        household=household,
        walk_in=not failing and not household and chance.random() < _WALK_INS,
        called=chance.random() < _CALLED,
        moved=chance.random() < _MOVED,
        by_post=chance.random() < 0.5,
        by_bag=dice(seed, "bag", number % couriers).random() < _BAGGED,
        failure=chance.choice(NOT_MET) if failing else None,
        waived=chance.random() < _WAIVED,
    )


def _delivery(seed: int, number: int) -> Delivery:
    chance = dice(seed, "delivery", number)
    return Delivery(
        fee=chance.choice((0, 0, *FEES)), failure=chance.choice(NOT_HANDED_OVER) if chance.random() < 0.1 else None
    )


def _with_tricks(seed: int, pick_ups: list[PickUp], faults: Faults) -> list[PickUp]:
    plain = [one.number for one in pick_ups if one.failure is None and not one.household and not one.walk_in]
    cancelled = _some(dice(seed, "cancelled"), plain, times(faults.cancelled, len(pick_ups)))
    tricked = {
        trick: _some(dice(seed, trick), [one.number for one in pick_ups], times(amount, len(pick_ups)))
        for trick, amount in (
            ("rubbish", faults.rubbish),
            ("forged", faults.forged),
            ("same_id", faults.same_id),
            ("newer", faults.newer),
        )
    }
    return [
        msgspec.structs.replace(
            one,
            cancelled=one.number in cancelled,
            tricks=frozenset(trick for trick, numbers in tricked.items() if one.number in numbers),
        )
        for one in pick_ups
    ]


def _phones(seed: int, couriers: int, faults: Faults, pick_ups: list[PickUp]) -> tuple[PhonePlan, ...]:
    """A lost phone's courier goes on with a new one; a phone that is carried for needs a colleague."""
    everyone = list(range(couriers))
    dead_zones = _some(dice(seed, "dead zones"), everyone, times(faults.dead_zones, couriers))
    # Whoever visits while the desk cancels is out of reach.
    dead_zones |= {one.phone for one in pick_ups if one.cancelled}
    wrong = _some(dice(seed, "clocks"), everyone, times(faults.clocks_off, couriers))
    lost = _some(dice(seed, "lost"), everyone, times(faults.lost, couriers))
    carried = _some(
        dice(seed, "carried"), [one for one in everyone if one not in lost], times(faults.carried, couriers)
    )
    found: list[PhonePlan] = []
    for number in everyone:
        chance = dice(seed, "phone", number)
        houses = sum(one.phone == number for one in pick_ups)
        colleague = (number + 1 + chance.randrange(max(1, couriers - 1))) % couriers
        found.append(
            PhonePlan(
                number=number,
                years_wrong=chance.choice((-9, -3, 2, 7)) if number in wrong else 0,
                dead_zone=number in dead_zones,
                lost_after=chance.randrange(houses) if number in lost and houses else None,
                carried_by=colleague if number in carried and couriers > 1 else None,
            )
        )
    return tuple(found)


def _some(chance: Random, of: list[Any], how_many: int) -> set[Any]:
    return set(chance.sample(of, min(how_many, len(of))))
