"""A rule file with anything wrong in it is not loaded, and everything wrong is said."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from backend.acts import rules

GOOD: dict[str, Any] = {
    "version": 7,
    "roles": ["courier", "one_stop_officer"],
    "deciders": ["one_stop_officer"],
    "subjects": ["case"],
    "fields": ["window"],
    "facts": {
        "exception_open": {"type": "boolean", "usual": False, "of": "case", "meaning": "an exception is open"},
        "papers": {"type": "integer", "usual": 0, "of": "case", "meaning": "papers held"},
        "receiver": {"type": "enum", "values": ["post", "agency"], "usual": "post", "of": "act", "meaning": "who"},
    },
    "acts": {
        "take": {
            "kind": "fact",
            "subject": "case",
            "machines": ["case"],
            "roles": ["courier"],
            "vi": "Nhận",
            "en": "take",
        },
        "move": {
            "kind": "request",
            "subject": "case",
            "machines": ["case"],
            "roles": ["courier"],
            "vi": "Dời",
            "en": "move",
            "touches": ["window"],
        },
    },
    "machines": {
        "case": {
            "vi": "Việc",
            "en": "case",
            "initial": "none",
            "states": {"open": {"vi": "Mở", "en": "open"}, "shut": {"vi": "Đóng", "en": "shut"}},
            "rows": [
                {"act": "take", "from": ["none"], "to": "open", "when": [["papers", "ge", 1]]},
                {"act": "move", "from": ["open"], "to": "shut", "when": [["exception_open", "eq", False]]},
                {"act": "take", "from": ["*"], "to": None, "when": [["receiver", "in", ["post", "agency"]]]},
            ],
            "lands": {"take": {"open": ["none"]}},
        }
    },
    "refusals": {"no-such-act-here": {"title": "Chưa được", "detail": "Chưa {act} được ở bước {state}."}},
}


def read(table: dict[str, Any]) -> rules.RuleTable:
    return rules.read("7", json.dumps(table).encode())


def row(number: int, **changes: Any) -> Callable[[dict[str, Any]], None]:
    return lambda table: table["machines"]["case"]["rows"][number].update(changes)


def add_row(**row: Any) -> Callable[[dict[str, Any]], None]:
    return lambda table: table["machines"]["case"]["rows"].append(row)


def act(kind: str, **changes: Any) -> Callable[[dict[str, Any]], None]:
    return lambda table: table["acts"][kind].update(changes)


def fact(name: str, **changes: Any) -> Callable[[dict[str, Any]], None]:
    return lambda table: table["facts"][name].update(changes)


def lands(value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda table: table["machines"]["case"].update(lands=value)


WRONG: list[tuple[str, Callable[[dict[str, Any]], None], str]] = [
    ("a guard on an unknown fact", row(0, when=[["paper", "ge", 1]]), "unknown fact paper"),
    ("a text for an integer", row(0, when=[["papers", "ge", "1"]]), "no value of papers"),
    ("a number beyond 32 bits", row(0, when=[["papers", "ge", 2**31]]), "no value of papers"),
    ("a boolean for an integer", row(0, when=[["papers", "eq", True]]), "no value of papers"),
    ("an order on an enum", row(2, when=[["receiver", "ge", "post"]]), "ge is for integers"),
    ("a list for eq", row(2, when=[["receiver", "eq", ["post"]]]), "does not take such a value"),
    ("one value for in", row(2, when=[["receiver", "in", "post"]]), "does not take such a value"),
    ("an empty list", row(2, when=[["receiver", "in", []]]), "empty list"),
    ("an enum value not listed", row(2, when=[["receiver", "in", ["nobody"]]]), "no value of receiver"),
    ("an op that does not exist", row(0, when=[["papers", "gt", 1]]), "Invalid enum value 'gt'"),
    ("a fractional number", row(0, when=[["papers", "ge", 1.5]]), "Expected `bool | int"),
    ("an unknown act", add_row(act="fly", **{"from": ["open"]}, to=None), "unknown act"),
    ("an unknown state to go to", row(0, to="closed"), "unknown state closed"),
    ("the initial state to go to", row(1, to="none"), "unknown state none"),
    ("an unknown state to come from", row(0, **{"from": ["new"]}), "unknown state ['new']"),
    ("a state twice in one row", row(1, **{"from": ["open", "open"]}), "stands twice"),
    ("a state beside the star", row(2, **{"from": ["*", "open"]}), "stands twice"),
    ("the same row again", add_row(**GOOD["machines"]["case"]["rows"][0]), "never wins"),
    ("a row behind one that asks less", row(2, **{"from": ["none"]}, when=[["papers", "ge", 1]]), "never wins"),
    ("a state nothing leads to", row(1, to=None), "unreachable ['shut']"),
    ("an act without a row", act("move", machines=[]), "has rows in ['case']"),
    ("an act that names a machine it has no row in", act("move", machines=["case", "visit"]), "but has rows in"),
    ("an unknown role", act("take", roles=["driver"]), "unknown role driver"),
    ("an unknown subject", act("take", subject="parcel"), "unknown subject parcel"),
    ("an unknown field", act("move", touches=["hour"]), "unknown field hour"),
    ("a fact that touches a field", act("take", touches=["window"]), "a fact touches no field"),
    ("a decision by a courier", act("move", decision=True), "given to one who only guides"),
    ("a fact that decides", act("take", decision=True), "only a request decides"),
    ("a courier among those who decide", lambda t: t["deciders"].append("courier"), "only guides"),
    ("a request that does not wait", row(1, when=[]), "does not wait for an open exception"),
    ("a request that lands", lands({"move": {"shut": ["open"]}}), "only a fact that moves it lands"),
    ("a landing in an unknown state", lands({"take": {"gone": ["open"]}}), "unknown state"),
    ("two landings from one state", lands({"take": {"open": ["none"], "shut": ["none"]}}), "lands twice"),
    ("an enum without values", fact("receiver", values=[]), "values do not fit"),
    ("values on an integer", fact("papers", values=["one"]), "values do not fit"),
    ("a usual value of another type", fact("papers", usual=False), "usual value"),
    ("a fact nobody asks for", row(0, when=[]), "fact papers: no guard asks"),
    ("an unknown key", act("take", colour="red"), "unknown field `colour`"),
    ("a missing key", lambda t: t["acts"]["take"].pop("vi"), "missing required field `vi`"),
    ("a refusal for an unknown reason", lambda t: t["refusals"].update({"guard:rain": words()}), "unknown reason"),
    ("a refusal at an unknown place", lambda t: t["refusals"].update({"guard:papers@home": words()}), "unknown place"),
    ("a refusal that fills in nothing known", lambda t: t["refusals"].update({"guard:papers": words("{x}")}), "filled"),
    ("nothing said for what has no row", lambda t: t["refusals"].clear(), "no-such-act-here"),
]


def words(detail: str = "Chờ.") -> dict[str, str]:
    return {"title": "Chưa được", "detail": detail}


def test_the_small_table_is_good() -> None:
    table = read(GOOD)
    assert table.judge("case", "none", "take", {**table.usual, "papers": 1}) == rules.Allowed("open")
    assert table.judge("case", "none", "take", table.usual) == rules.Refused("guard:papers")
    assert table.lands("case", "take", "none") == "open"
    assert table.refusal("no-such-act-here", "case", "open", "take") == ("Chưa được", "Chưa Nhận được ở bước Mở.")


@pytest.mark.parametrize(("change", "said"), [wrong[1:] for wrong in WRONG], ids=[wrong[0] for wrong in WRONG])
def test_a_table_is_refused_with(change: Callable[[dict[str, Any]], None], said: str) -> None:
    table = copy.deepcopy(GOOD)
    change(table)
    with pytest.raises(rules.BadRuleTable) as refused:
        read(table)
    assert any(said in complaint for complaint in refused.value.complaints), refused.value.complaints


def test_everything_wrong_is_said_at_once() -> None:
    table = copy.deepcopy(GOOD)
    for change in (act("take", roles=["driver"]), row(1, to="gone"), fact("papers", usual="many")):
        change(table)
    with pytest.raises(rules.BadRuleTable) as refused:
        read(table)
    assert len(refused.value.complaints) >= 3


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"\xff",
        b'{"version": 1, "version": 1}',
        b"[" * 100_000,
        json.dumps(GOOD).replace('"take":', '"move":', 1).encode(),
    ],
    ids=["empty", "a list", "not UTF-8", "a key twice", "nested without end", "an act twice"],
)
def test_what_is_no_rule_file_is_refused(data: bytes) -> None:
    with pytest.raises(rules.BadRuleTable):
        rules.read("7", data)
