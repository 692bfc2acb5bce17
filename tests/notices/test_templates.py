"""A file of templates that could send what must not be sent is not read."""

import json
from typing import Any

import pytest

from backend.acts.rules import current, load
from backend.notices.templates import FILE, LONGEST_SMS, PLAIN, BadTemplates, longest, read, templates

GOOD: dict[str, Any] = {
    "name": "supplement",
    "vi": "Cần bổ sung",
    "en": "Supplement",
    "say": "Hồ sơ cần bổ sung giấy tờ.",
    "when": [{"act": "request_supplement"}],
    "life": {"minutes": 60},
    "channels": ["sms"],
    "sms": ["Can bo sung giay to. Goi 0277 1022."],
    "email": [],
}


def file(*changed: dict[str, Any]) -> bytes:
    quiet = {"since": "21:00:00", "until": "06:00:00"}
    return json.dumps({"version": 1, "quiet": quiet, "templates": [GOOD | one for one in changed]}).encode()


def test_the_file_of_this_version_is_good_and_every_text_is_one_plain_part() -> None:
    known = templates()
    assert read(FILE.read_bytes()) == known
    assert {when.act for one in known.templates for when in one.when} <= load(current()).file.acts.keys()
    texts = [text for one in known.templates for text in one.sms]
    assert len(texts) > 30
    assert all(longest(text) <= LONGEST_SMS for text in texts)
    assert all(PLAIN.issuperset(text.replace("{", "").replace("}", "")) for text in texts)


def test_only_what_was_recorded_tells_an_amount() -> None:
    assert [
        one.name for one in templates().templates if any("{amount}" in text for text in (*one.sms, *one.email))
    ] == ["recorded", "recorded_at_hand_over"]


def test_what_the_owner_must_hear_is_never_left_to_a_browser() -> None:
    """F07: who changed what in their name; F12: what was recorded; and a code proves who reads it."""
    known = templates().by_name
    changed = {name for name in known if name.endswith("_changed")}
    recorded = {"recorded", "recorded_at_hand_over", "handed_over", "not_met", "not_finished", "not_done"}
    assert len(changed) == 4
    assert all(known[name].owner_too for name in changed | recorded)
    assert [name for name, one in known.items() if "push" not in one.channels] == ["owner_code"]


def test_every_message_that_must_be_told_by_mouth_says_how() -> None:
    assert all(one.say.endswith((".", "?")) for one in templates().templates)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"sms": ["Cần bổ sung giấy tờ."]}, "has signs"),
        ({"sms": ["Xem ^ nay."]}, "has signs"),
        ({"sms": ["Can bo sung. " * 13]}, "may grow to 169"),
        ({"sms": ["Xem {link} {post} {window} {amount}" + "." * 90, "Goi 1022."]}, "tells an amount"),
        ({"sms": ["Xem {link}" + "." * 90 + " tai {post}", "Goi 1022."]}, "may grow to 20"),
        ({"sms": ["Ong {owner_name} can bo sung.", "Goi 1022."]}, "names ['owner_name']"),
        ({"sms": ["Thu tuc {procedure}.", "Goi 1022."]}, "names ['procedure']"),
        ({"sms": ["So {owner_number}.", "Goi 1022."]}, "names ['owner_number']"),
        ({"sms": ["CCCD 087 199 000123 can bo sung."]}, "a long number"),
        ({"sms": ["Goi 0912345678."]}, "a long number"),
        ({"sms": ["Nop 21.000d tai quay."]}, "an amount"),
        ({"sms": ["Nop 8000 dong tai quay."]}, "an amount"),
        ({"sms": ["Xem tannha.vn de biet."]}, "an address"),
        ({"sms": ["Can bo sung. Xem {link}"]}, "last variant"),
        ({"sms": []}, "length >= 1"),
        ({"when": [{"act": "levitate"}]}, "no act on a case"),
        ({"when": [{"act": "begin_shift"}]}, "no act on a case"),
        ({"when": [{"act": "request_supplement", "enters": ["sleeping"]}]}, "a case is never"),
        ({"true_in": ["sleeping"]}, "a case is never"),
        ({"visit_in": ["sleeping"]}, "a visit is never"),
        ({"replaced_by": ["silence"]}, "no template silence"),
        ({"life": {}}, "its life"),
        ({"life": {"minutes": 5, "until": "window"}}, "its life"),
        ({"life": {"minutes": 0}}, ">= 1"),
        ({"tells_amount": True}, "an amount is told only"),
        ({"email": ["Cần bổ sung."]}, "an e-mail needs"),
        ({"channels": ["push"]}, "needs another channel"),
        ({"channels": ["push", "sms"], "asked": True, "sms": ["Ma {key}."]}, "never pushed"),
        ({"channels": ["push", "sms"], "when": [{"act": "change_contact"}]}, "the owner hears of it too"),
        ({"channels": ["push", "sms"], "when": [{"act": "fail_visit"}]}, "the owner hears of it too"),
        ({"channels": ["push", "sms"], "when": [{"act": "finish_visit"}]}, "the owner hears of it too"),
        ({"channels": ["sms", "email"]}, "an e-mail needs"),
        ({"channels": ["pigeon"]}, "Invalid enum value"),
        ({"text": "more"}, "unknown field"),
    ],
)
def test_a_template_that_could_break_a_rule_is_refused(changed: dict[str, Any], says: str) -> None:
    assert read(file({})).templates[0].name == "supplement"
    with pytest.raises(BadTemplates) as refused:
        read(file(changed))
    assert says in str(refused.value)


def test_everything_wrong_is_said_at_once() -> None:
    with pytest.raises(BadTemplates) as refused:
        read(file({"sms": ["Nộp tiền."]}, {"life": {}}))
    said = str(refused.value)
    assert all(what in said for what in ("stands there twice", "has signs", "its life"))
