"""Times as PostgreSQL writes them and as the chain hashes them."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.verify.chains import instant

MOMENT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize("microseconds", [0, 1, 10, 500_000, 123_456, 999_999, 120_000])
def test_an_instant_read_as_text_is_the_one_that_was_hashed(microseconds: int) -> None:
    moment = MOMENT + timedelta(microseconds=microseconds)
    fraction = f"{microseconds:06}".rstrip("0")
    written = f"2026-03-02 01:00:00{'.' if fraction else ''}{fraction}+00"
    assert instant(written) == moment.isoformat(timespec="microseconds")
