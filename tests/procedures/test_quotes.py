"""What a procedure costs: units, tiers, caps, channels and reliefs (F21, S18)."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.procedures import seed
from backend.procedures.amounts import in_words
from backend.procedures.errors import NotInForce, QuantityWrong, ReliefUnknown
from backend.procedures.model import Content, FeeKind, FeeUnit, FilingChannel, ProcedureVersion, Relief, Tier
from backend.procedures.quoting import Quote, quote
from tests.procedures.builders import COPIES, a_version, with_line

ON = date(2026, 11, 25)


def told(
    version: ProcedureVersion,
    quantities: dict[FeeUnit, int] | None = None,
    *,
    reliefs: tuple[str, ...] = (),
    channel: FilingChannel = FilingChannel.POST,
    on: date = ON,
    **more: Any,
) -> Quote:
    found = quote(version, quantities or {}, reliefs, channel, on, **more)
    assert found is not None
    return found


def pages(number: int, copies: int) -> dict[FeeUnit, int]:
    return {FeeUnit.PAGE: number, FeeUnit.COPY: copies}


@pytest.mark.parametrize(
    ("number", "copies", "amount"),
    [(5, 3, 21_000), (250, 1, 200_000), (4, 3, 18_000), (1, 1, 2_000), (2, 1, 4_000), (3, 1, 5_000), (198, 2, 400_000)],
)
def test_s18_certified_copies_cost_by_page_and_never_more_than_the_cap_a_copy(
    number: int, copies: int, amount: int
) -> None:
    assert told(a_version(), pages(number, copies)).total() == amount


def test_s18_the_quote_is_said_in_words() -> None:
    amount = told(a_version(), pages(5, 3)).total()
    assert amount is not None
    assert in_words(amount) == "Hai mươi mốt nghìn đồng"


def test_s18_what_the_agency_counts_less_than_was_paid_is_the_difference_to_be_refunded() -> None:
    paid = told(a_version(), pages(5, 3))
    counted = told(a_version(), pages(4, 3), counted=True)
    assert (paid.total(), counted.total()) == (21_000, 18_000)
    assert [line.provisional for line in (*paid.lines, *counted.lines)] == [True, False]


def test_s18_holds_for_the_sample_that_comes_with_the_product() -> None:
    sample = next(one for one in seed.samples() if one.code == "2.000815")
    assert told(sample, pages(5, 3)).total(FeeKind.STATE_FEE) == 21_000
    assert told(sample, pages(5, 3)).total(FeeKind.POSTAGE) == 26_000
    assert told(sample, pages(5, 3)).total() == 47_000


def test_a_line_says_how_it_comes_about() -> None:
    [line] = told(a_version(), pages(250, 2)).lines
    assert line.basis == (
        "250 trang × 2 bản: 2.000\u00a0đ một trang, từ trang thứ 3: 1.000\u00a0đ, nhiều nhất 200.000\u00a0đ một bản, "
        "đã tính mức tối đa"
    )


def test_pages_that_nobody_has_counted_cost_nobody_knows_what() -> None:
    found = told(a_version(), {FeeUnit.COPY: 3})
    assert [(line.amount, line.basis, line.provisional) for line in found.lines] == [(None, "Chưa đếm số trang", True)]
    assert found.total() is None


def test_one_dossier_is_counted_by_itself_and_its_fee_is_no_guess() -> None:
    [line] = told(with_line()).lines
    assert (line.amount, line.provisional) == (8000, False)


def test_an_unknown_amount_stays_unknown() -> None:
    assert told(with_line(tiers=None)).total() is None
    assert quote(a_version(content=Content()), {}, (), FilingChannel.POST, ON) is None


def test_no_fee_line_is_no_fee() -> None:
    assert told(a_version(content=Content(fees=()))).total() == 0


def test_a_minimum_is_reached() -> None:
    [line] = told(with_line(minimum=10_000)).lines
    assert line.amount == 10_000
    assert line.basis.endswith("đã tính mức tối thiểu")


def test_a_line_of_another_channel_is_not_due() -> None:
    online = with_line(channels=(FilingChannel.ONLINE,))
    assert told(online, channel=FilingChannel.ONLINE).total() == 8000
    assert told(online, channel=FilingChannel.POST).lines == ()


POOR = Relief(code="ho_ngheo", who="Người thuộc hộ nghèo", evidence="Giấy xác nhận hộ nghèo", percent=100)
HALF = Relief(code="nua", who="Người cao tuổi", percent=50)
DIGITAL = Relief(
    code="dinh_danh_muc_2",
    who="Công dân có định danh điện tử mức độ 2",
    percent=50,
    valid_from=date(2026, 8, 15),
    valid_until=date(2027, 3, 1),
)


def test_free_always_names_the_relief() -> None:
    [line] = told(with_line(reliefs=(POOR,)), reliefs=("ho_ngheo",)).lines
    assert (line.amount, line.relief, line.provisional) == (0, "ho_ngheo", True)
    assert "miễn: Người thuộc hộ nghèo" in line.basis


def test_free_is_free_though_nobody_knows_what_it_would_have_cost() -> None:
    assert told(with_line(tiers=None, reliefs=(POOR,)), reliefs=("ho_ngheo",)).total() == 0


def test_reliefs_are_not_added_up() -> None:
    both = with_line(reliefs=(HALF, DIGITAL, POOR))
    assert told(both, reliefs=("nua", "dinh_danh_muc_2")).total() == 4000
    assert told(both, reliefs=("nua", "ho_ngheo")).total() == 0


def test_a_relief_whose_share_nobody_knows_leaves_the_amount_unknown() -> None:
    unknown = Relief(code="chua_ro", who="Người có công")
    assert told(with_line(reliefs=(unknown,)), reliefs=("chua_ro",)).total() is None


def test_a_temporary_relief_ends_at_midnight_after_its_last_day() -> None:
    line = with_line(reliefs=(DIGITAL,))
    assert told(line, reliefs=("dinh_danh_muc_2",), on=date(2027, 2, 28)).total() == 4000
    for day in (date(2027, 3, 1), date(2026, 8, 14)):
        with pytest.raises(ReliefUnknown, match="Bỏ mục đó"):
            told(line, reliefs=("dinh_danh_muc_2",), on=day)


def test_what_is_taken_off_is_rounded_down_to_the_dong() -> None:
    odd = with_line(tiers=(Tier(first=1, amount=1001),), reliefs=(HALF,))
    assert told(odd, reliefs=("nua",)).total() == 501


def test_a_version_is_not_asked_about_a_day_on_which_it_does_not_hold() -> None:
    with pytest.raises(NotInForce, match="Lấy bản của ngày đó"):
        told(a_version(valid_from=date(2026, 11, 26)), pages(1, 1))


@pytest.mark.parametrize("number", [0, -1, 100_001])
def test_a_number_that_cannot_be_is_refused(number: int) -> None:
    with pytest.raises(QuantityWrong, match="Đếm lại"):
        told(a_version(), pages(number, 1))


@given(st.integers(1, 3000), st.integers(1, 50))
def test_each_page_costs_what_its_tier_says(number: int, copies: int) -> None:
    """Counted page by page, in another way than the code does."""
    each = min(sum(2000 if page <= 2 else 1000 for page in range(1, number + 1)), COPIES.cap or 0)
    assert told(a_version(), pages(number, copies)).total() == each * copies
