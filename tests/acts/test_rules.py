"""The rule table: what it promises about itself, and that its engine does what the file says."""

import hashlib
import itertools
import json
import random
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.acts import diagrams, rules
from backend.acts.reasons import reasons
from backend.acts.rule_file import Fact, Row, Value, typed

TABLE = rules.load(rules.current())
FILE = TABLE.file
RAW = json.loads(TABLE.data)
GUIDES = {"courier", "counter_clerk", "dispatcher", "post_employee_at_one_stop", "operator", "cashier"}


def places() -> Iterator[tuple[str, str]]:
    """Every machine with each of its states, the initial one included."""
    for name, machine in FILE.machines.items():
        yield from ((name, state) for state in (machine.initial, *machine.states))


def values_near(name: str, rows: list[Row]) -> list[Value]:
    """Enough values of a fact to make each of its guards in `rows` hold and fail."""
    fact = FILE.facts[name]
    if fact.type == "boolean":
        return [False, True]
    if fact.type == "enum":
        return list(fact.values)
    asked = [value for row in rows for fact, _, value in row.when if fact == name and isinstance(value, int)]
    return sorted({near for value in asked for near in (value - 1, value)})


def any_value(fact: Fact) -> st.SearchStrategy[Value]:
    if fact.type == "boolean":
        return st.booleans()
    if fact.type == "enum":
        return st.sampled_from(fact.values)
    return st.sampled_from([0, 1, 2, 4, 10]) | st.integers(-(2**31), 2**31 - 1)


ANY_FACTS = st.fixed_dictionaries({name: any_value(fact) for name, fact in FILE.facts.items()})


# An evaluator of twenty lines, from the JSON alone, that shares nothing with the engine.


def plainly(machine: str, state: str, act: str, facts: Mapping[str, Any]) -> str:
    holds = {
        "eq": lambda a, b: a == b,
        "ne": lambda a, b: a != b,
        "in": lambda a, b: a in b,
        "ge": lambda a, b: a >= b,
        "lt": lambda a, b: a < b,
    }
    place, best = RAW["machines"][machine], (-1, "no-such-act-here")
    for row in place["rows"]:
        if row["act"] != act or not (state in row["from"] or ("*" in row["from"] and state in place["states"])):
            continue
        failed = [i for i, (fact, op, value) in enumerate(row.get("when", [])) if not holds[op](facts[fact], value)]
        if not failed:
            return f"to {row['to'] or state}"
        if failed[0] > best[0]:
            best = (failed[0], f"guard:{row['when'][failed[0]][0]}")
    return best[1]


def test_a_second_evaluator_written_from_the_file_agrees_on_twenty_thousand_cases() -> None:
    chance = random.Random(1326)
    acted = [(name, state, row.act) for name, m in FILE.machines.items() for row in m.rows for state in m.sources(row)]
    for number in range(20_000):
        machine, state, act = chance.choice(acted)
        if number % 10 == 0:
            act = chance.choice(list(FILE.acts))
        facts = {
            name: chance.choice([False, True] if f.type == "boolean" else f.values or [-1, 0, 1, 2, 4, 9])
            for name, f in FILE.facts.items()
        }
        answer = TABLE.judge(machine, state, act, facts)
        said = f"to {answer.to}" if isinstance(answer, rules.Allowed) else answer.reason
        assert said == plainly(machine, state, act, facts), (machine, state, act)


@settings(max_examples=300, deadline=None)
@given(facts=ANY_FACTS, place=st.sampled_from(list(places())), act=st.sampled_from(list(FILE.acts)))
def test_a_judgement_never_fails_never_changes_and_every_fact_lands(
    facts: dict[str, Value], place: tuple[str, str], act: str
) -> None:
    machine, state = place
    assert TABLE.wrong_facts(facts) == ()
    answer = TABLE.judge(machine, state, act, facts)
    assert answer == TABLE.judge(machine, state, act, facts)
    landed = TABLE.lands(machine, act, state)
    assert landed in FILE.machines[machine].states or landed == state
    if isinstance(answer, rules.Allowed):
        assert answer.to in FILE.machines[machine].states or answer.to == state
    else:
        title, detail = TABLE.refusal(answer.reason, machine, state, act)
        assert title
        assert "{" not in title + detail


def test_every_refusal_that_can_be_given_has_words_and_no_word_is_idle() -> None:
    given: set[str] = set()
    for name, machine in FILE.machines.items():
        groups: dict[tuple[str, str], list[Row]] = {}
        for row in machine.rows:
            for state in machine.sources(row):
                groups.setdefault((state, row.act), []).append(row)
        for (state, act), rows in groups.items():
            asked = sorted({fact for row in rows for fact, _, _ in row.when})
            for values in itertools.product(*(values_near(fact, rows) for fact in asked)):
                answer = TABLE.judge(name, state, act, dict(zip(asked, values, strict=True)))
                if isinstance(answer, rules.Refused):
                    given.add(answer.reason)
                    given.add(f"{answer.reason}@{act}")
    general = {code for code in FILE.refusals if "@" not in code}
    assert {code for code in given if "@" not in code} | {rules.NO_SUCH_ACT} == general
    assert {code for code in FILE.refusals if "@" in code and not code.startswith(rules.NO_SUCH_ACT)} <= given


def test_no_act_is_dead_and_none_is_impossible() -> None:
    for kind, act in FILE.acts.items():
        rows = [row for name in act.machines for row in FILE.machines[name].rows if row.act == kind]
        assert rows, kind
        for row in rows:
            wanted: dict[str, set[Value]] = {}
            for fact, op, value in row.when:
                fitting = {v for v in values_near(fact, [row]) if holds_plainly(op, v, value)}
                wanted[fact] = wanted.get(fact, fitting) & fitting
            assert all(wanted.values()), (kind, row)


def holds_plainly(op: str, value: Any, wanted: Any) -> bool:
    if op == "in":
        return value in wanted
    return {"eq": value == wanted, "ne": value != wanted}.get(op, value >= wanted if op == "ge" else value < wanted)


def test_nobody_who_guides_refuses_waives_exempts_or_certifies() -> None:
    deciding = {kind for kind, act in FILE.acts.items() if act.decision}
    assert {"waive", "exempt", "refuse_dossier", "stop_dossier", "report_mismatch", "approve_refund"} <= deciding
    for role in GUIDES:
        assert not {kind for kind in deciding if role in FILE.acts[kind].roles}, role
    assert not {kind for kind in FILE.acts if "certif" in kind}


def test_a_lent_post_employee_issues_mau_01_and_02_only_where_the_agency_delegates_it() -> None:
    for act, state in (("issue_receipt", "check_passed"), ("request_supplement", "handed_to_agency")):
        facts = {**TABLE.usual, "agency_confirmed": True}
        assert TABLE.judge("case", state, act, facts) == rules.Refused("guard:delegated")
        assert isinstance(TABLE.judge("case", state, act, {**facts, "delegated": True}), rules.Allowed)


def test_every_role_has_something_to_do_and_conflicts_are_sought_only_for_fields_that_requests_set() -> None:
    assert {role for act in FILE.acts.values() for role in act.roles} == set(FILE.roles)
    assert {field for act in FILE.acts.values() for field in act.touches} == set(FILE.fields)
    assert not [kind for kind, act in FILE.acts.items() if act.fact and act.touches]


def test_the_usual_values_are_typed_and_wrong_facts_are_named() -> None:
    assert TABLE.wrong_facts(TABLE.usual) == ()
    wrong = {**TABLE.usual, "papers_held": True, "receiver": "nobody", "in_review": 0, "portal_status": 2**31}
    del wrong["slip_signed"]
    assert TABLE.wrong_facts(wrong | {"weather": True}) == (
        "in_review",
        "papers_held",
        "portal_status",
        "receiver",
        "slip_signed",
        "weather",
    )
    assert not typed(FILE.facts["papers_held"], "1")


def test_words_that_the_table_does_not_have_are_a_fault_of_the_caller() -> None:
    for machine, state, act in (
        ("cases", "booked", "depart"),
        ("case", "bookd", "depart"),
        ("case", "booked", "departs"),
    ):
        with pytest.raises(rules.UnknownWord):
            TABLE.judge(machine, state, act, TABLE.usual)
        with pytest.raises(rules.UnknownWord):
            TABLE.lands(machine, act, state)
    with pytest.raises(rules.UnknownWord):
        TABLE.act("fly")


def test_a_label_that_may_not_be_bound_is_refused_with_a_sentence_of_its_own() -> None:
    said = {
        TABLE.refusal(rules.NO_SUCH_ACT, "label_set", state, "seal")
        for state in ("none", "printed", "bound", "voided", "lost")
    }
    facts = {**TABLE.usual, "label_genuine": True, "holder_is_actor": False}
    for facts_of_set, reason in ((facts, "holder_is_actor"), ({**facts, "label_genuine": False}, "label_genuine")):
        assert TABLE.judge("label_set", "issued", "seal", facts_of_set) == rules.Refused(f"guard:{reason}")
        said.add(TABLE.refusal(f"guard:{reason}", "label_set", "issued", "seal"))
    assert len(said) == 7


def test_shipped_versions_are_never_edited() -> None:
    """Before the first release: `cd backend/acts/rules && sha256sum 0*.json > SHA256SUMS`. After it: a new version."""
    lines = (rules.FOLDER / "SHA256SUMS").read_text().splitlines()
    pinned = dict(reversed(line.split("  ")) for line in lines)
    assert pinned == {
        f"{version:04}.json": hashlib.sha256(rules.load(version).data).hexdigest() for version in rules.versions()
    }


def test_the_diagrams_are_up_to_date() -> None:
    drawn = {path.name: path.read_text(encoding="utf-8") for path in diagrams.FOLDER.glob("*.md")}
    assert drawn == diagrams.pages(), "run python -m backend.acts.diagrams"


def test_the_reasons_lead_where_the_table_can_follow() -> None:
    sets = reasons()
    assert [reason.code for reason in sets.pick_up] == [f"V{n:02}" for n in range(1, 20)]
    assert [reason.code for reason in sets.hand_over] == [f"H{n:02}" for n in range(1, 26)]
    listed = {label.code for label in (*sets.evidence, *sets.follow)}
    for reason in (*sets.pick_up, *sets.hand_over):
        assert rules.failure_next(reason.code) in FILE.facts["failure_next"].values
        assert {*reason.evidence, *reason.follow} <= listed
        assert not (reason.attempt and "post" in reason.fault), "failures by the post never count"
    assert {r.code for r in sets.hand_over if r.final} == {"H13", "H14", "H16", "H25"}
    assert {r.code for r in sets.hand_over if r.emsevt != "EMH"} == {"H08", "H17", "H18"}
    outcomes = {outcome.code for outcome in sets.outcomes}
    assert outcomes == {"done", "partly", "incomplete_sent", "failed", "cancelled", "not_gone"}
    assert set(FILE.facts["visit_outcome"].values) <= outcomes
    with pytest.raises(rules.UnknownWord):
        rules.failure_next("V99")
