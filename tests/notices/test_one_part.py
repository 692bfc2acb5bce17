"""Whatever is true of a case, an SMS of any template is one plain part that names nobody (F17)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some

from backend.ids import uuid7
from backend.notices.model import Notice
from backend.notices.templates import LONGEST_SMS, PLAIN, Template, templates
from backend.notices.wording import Known, Truth, worded

NOON = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)
OWNER, PROCEDURE, NUMBER, PHONE = "Nguyễn Thị Huệ", "Đăng ký nhận cha, mẹ, con", "087199000123", "0912 345 678"
SECRET = ("Hue", "Huệ", "Dang ky nhan", "Đăng ký nhận", NUMBER, "0912345678", "912345678")
TEXTS = some.one_of(some.none(), some.text(max_size=80), some.sampled_from(["Bưu điện xã Mỹ Hiệp", "Huyện " * 20]))
DAYS = some.one_of(some.none(), some.dates(date(2026, 1, 1), date(2030, 12, 31)))
WINDOWS = some.one_of(some.none(), some.sampled_from(["07:00-08:00", "16:30-17:30"]))


@some.composite
def cases(draw: some.DrawFn) -> Known:
    truth = Truth(
        case_state="booked",
        erased=False,
        phone=PHONE,
        email=None,
        tell_by=None,
        no_zalo=draw(some.booleans()),
        shared_phone=draw(some.booleans()),
        code=draw(some.one_of(some.none(), some.just("H20.12-261123-0007"), some.text(max_size=40))),
        visit_state="planned",
        day=draw(DAYS),
        time_window=draw(WINDOWS),
        stands=True,
        stops=draw(some.integers(0, 400)),
        collected=draw(some.integers(0, 100_000_000_000)),
        post=draw(TEXTS),
        told_household=False,
        newer=False,
    )
    notice = Notice(
        case_id=uuid7(),
        notice_id=uuid7(),
        made_by=uuid7(),
        act_id=uuid7(),
        n=1,
        template="any",
        occurred_at=NOON - timedelta(days=draw(some.integers(0, 3))),
        decided_at=NOON,
        due_at=NOON,
        next_at=NOON,
        expires_at=NOON,
    )
    body: dict[str, Any] = {
        "due_on": draw(some.one_of(some.none(), some.just("2026-11-30"), some.text(max_size=20))),
        "until": draw(some.one_of(some.none(), some.just("2026-12-03"), some.integers())),
        "owner_name": OWNER,
        "procedure": PROCEDURE,
        "owner_number": NUMBER,
    }
    links = (None, "https://tannha.dongthap.gov.vn/t/" + "A" * 26, "https://" + "x" * 80 + "/t/" + "A" * 26)
    return Known(
        notice=notice,
        truth=truth,
        body=body,
        papers=draw(some.one_of(some.none(), some.integers(0, 5000))),
        link=draw(some.sampled_from(links)),
        key="482917",
        at=NOON,
    )


@settings(max_examples=300, deadline=None)
@given(known=cases(), template=some.sampled_from(templates().templates))
def test_every_sms_is_one_plain_part_without_names(known: Known, template: Template) -> None:
    text = worded(template, "sms", known).text
    assert len(text) <= LONGEST_SMS
    assert PLAIN.issuperset(text), text
    assert not [one for one in SECRET if one in text]


@settings(max_examples=300, deadline=None)
@given(known=cases(), template=some.sampled_from([one for one in templates().templates if not one.asked]))
def test_what_is_pushed_is_neutral_whatever_is_true(known: Known, template: Template) -> None:
    """A screen that is locked shows it to whoever stands there: no name, no amount, no link, no code."""
    text = worded(template, "push", known).text
    assert len(text) <= LONGEST_SMS
    assert PLAIN.issuperset(text), text
    assert not [one for one in (*SECRET, "Da thu", "http", "/t/", known.key) if one and one in text]


@settings(max_examples=200, deadline=None)
@given(known=cases(), template=some.sampled_from(templates().templates))
def test_a_shared_phone_hears_no_amount_and_no_other_message_tells_one(known: Known, template: Template) -> None:
    text = worded(template, "sms", known).text
    told = "Da thu:" in text
    assert not (told and known.truth.shared_phone)
    assert template.tells_amount or not told


def test_after_every_visit_that_somebody_went_to_the_citizen_is_told_what_was_recorded() -> None:
    """But not where somebody has died, or nobody was to come; there the agency or a deferral speaks."""
    told = {reason for one in templates().templates for when in one.when for reason in when.reason}
    silent = {"V13", "V14", "H19", "H21", "H25"}
    reasons = {f"V{n:02}" for n in range(1, 20)} | {f"H{n:02}" for n in range(1, 26)}
    assert reasons - told == silent
