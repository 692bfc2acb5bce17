"""Who plays: offices that have everybody a case needs, as few as have couriers enough."""

from uuid import UUID, uuid4

import pytest

from backend.simulate.cast import Cast, Clerk, Courier, Earlier, NobodyToPlay, PostHeld, enough, neighbourhoods


def a_place(name: str, couriers: int, *, approver: bool = False, officer: bool = True) -> Cast:
    post, one_stop, agency = uuid4(), uuid4(), uuid4()
    desks = [a_clerk("dispatcher", post)]
    desks += [a_clerk("one_stop_officer", one_stop, agency)] if officer else []
    desks += [a_clerk("approver", agency)] if approver else []
    return Cast(
        couriers=[
            Courier(name=f"{name} {number}", person=uuid4(), account="a", password="b", unit=post)  # noqa: S106
            for number in range(couriers)
        ],
        desks=desks,
        units={
            f"Bưu điện {name}": post,
            f"Trung tâm Phục vụ hành chính công {name}": one_stop,
            f"Ủy ban nhân dân {name}": agency,
        },
    )


def a_clerk(role: str, *units: UUID) -> Clerk:
    held = [PostHeld(role, unit) for unit in units]
    return Clerk(name=role, person=uuid4(), account="a", password="b", roles=held)  # noqa: S106


def together(*places: Cast, served_before: str | None = None) -> Cast:
    units = {name: unit for place in places for name, unit in place.units.items()}
    return Cast(
        couriers=[one for place in places for one in place.couriers],
        desks=[one for place in places for one in place.desks],
        units=units,
        cases=[Earlier(unit=units[f"Bưu điện {served_before}"])] if served_before else [],
    )


def test_an_office_plays_only_with_everybody_a_case_needs() -> None:
    seen = together(a_place("xã Một", 2), a_place("xã Hai", 2, officer=False), a_place("xã Ba", 0))
    assert [hood.place for hood in neighbourhoods(seen)] == ["xã Một"]
    with pytest.raises(NobodyToPlay):
        neighbourhoods(together(a_place("xã Ba", 0)))


def test_an_approver_comes_first_and_couriers_with_papers_of_before_last() -> None:
    seen = together(
        a_place("xã Cũ", 2), a_place("xã Một", 2), a_place("xã Duyệt", 2, approver=True), served_before="xã Cũ"
    )
    assert [hood.place for hood in neighbourhoods(seen)] == ["xã Duyệt", "xã Một", "xã Cũ"]


def test_no_more_offices_than_are_needed() -> None:
    hoods = neighbourhoods(together(a_place("xã Một", 3), a_place("xã Hai", 3), a_place("xã Ba", 3)))
    assert [len(enough(hoods, couriers)) for couriers in (1, 3, 4, 9, 60)] == [1, 1, 2, 3, 3]
