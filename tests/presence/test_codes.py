"""The courier's code is the one that every authenticator makes (RFC 6238), and lives from its minute to the next."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from backend.ids import uuid7
from backend.keys import KeyRing, Purpose
from backend.presence.codes import is_right, secret_of, totp

TODAY = date(2026, 11, 25)
NOON = datetime(2026, 11, 25, 5, 0, 7, tzinfo=UTC)
RFC_SECRET = b"12345678901234567890123456789012"


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing.make(tmp_path / "keys")


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "46119246"),
        (1111111109, "68084774"),
        (1111111111, "67062674"),
        (1234567890, "91819424"),
        (2000000000, "90698825"),
        (20000000000, "77737706"),
    ],
)
def test_it_is_the_code_of_rfc_6238(seconds: int, code: str) -> None:
    """Appendix B, SHA-256."""
    assert totp(RFC_SECRET, datetime.fromtimestamp(seconds, UTC), step=30, digits=8) == code


@pytest.mark.parametrize(
    ("later", "right"), [(0, True), (52, True), (112, True), (113, False), (120, False), (-8, False)]
)
def test_a_code_is_right_in_its_minute_and_the_next(later: int, right: bool) -> None:
    """Read at noon and seven seconds."""
    code = totp(RFC_SECRET, NOON)
    assert is_right(RFC_SECRET, code, NOON + timedelta(seconds=later)) is right


@pytest.mark.parametrize("typed", ["", "0", "０００００１", "1234567", "ABCDEF", "not a code"])
def test_what_is_no_code_is_not_right(typed: str) -> None:
    assert not is_right(RFC_SECRET, typed, NOON)


def test_every_phone_courier_and_day_has_a_secret_of_its_own(ring: KeyRing) -> None:
    devices, people = [uuid7(), uuid7()], [uuid7(), uuid7()]
    days = [TODAY, TODAY + timedelta(days=1)]
    secrets = {secret_of(ring, device, person, day) for device in devices for person in people for day in days}
    assert len(secrets) == 8
    assert {len(secret) for secret in secrets} == {32}


def test_a_changed_key_counts_from_the_next_day(ring: KeyRing) -> None:
    """A phone that is out without a network all day shows right codes until the evening."""
    device, person = uuid7(), uuid7()
    before = [secret_of(ring, device, person, TODAY + timedelta(days=day)) for day in (0, 1)]
    ring.rotate(Purpose.PRESENCE, NOON)
    after = [secret_of(ring, device, person, TODAY + timedelta(days=day)) for day in (0, 1)]
    assert [one == other for one, other in zip(before, after, strict=True)] == [True, False]


def test_the_code_alone_does_not_tell_three_hundred_couriers_apart(ring: KeyRing) -> None:
    """So the badge is asked for too: in a day hundreds of minutes have two couriers who show the same digits."""
    secrets = [secret_of(ring, uuid7(), uuid7(), TODAY) for _ in range(300)]
    shared = 0
    for minute in range(240):
        at = NOON + timedelta(minutes=minute)
        shared += len({totp(secret, at) for secret in secrets}) < len(secrets)
    assert shared > 0
