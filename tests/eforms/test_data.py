"""The forms that come with the product: each is what its vocabulary says, and serves procedures that there are."""

import random
import re
from datetime import date
from importlib import resources
from itertools import combinations, pairwise
from typing import Any

import jsonschema_rs
import msgspec
import pytest

from backend.eforms import forms, service
from backend.eforms.checking import wrong_fields
from backend.eforms.forms import sheets
from backend.eforms.model import Filled, SourceKind
from backend.procedures import seed
from backend.procedures.model import ProcedureVersion
from backend.procedures.served import ServiceModel
from backend.text import gate
from tests.eforms.filling import Filling

TODAY = date(2026, 11, 25)
VOCABULARY = msgspec.json.decode(resources.files("backend.eforms").joinpath("vocabulary.json").read_bytes())


def _schema(version: str) -> dict[str, Any]:
    return sheets()[version].schema


def test_there_are_twelve() -> None:
    assert len(sheets()) == 12


@pytest.mark.parametrize("version", sheets())
def test_a_form_is_what_its_vocabulary_says(version: str) -> None:
    jsonschema_rs.meta.validate(_schema(version))
    wrong = [
        (list(error.instance_path), error.message)
        for error in jsonschema_rs.Draft202012Validator(VOCABULARY).iter_errors(_schema(version))
    ]
    assert wrong == []


def test_the_vocabulary_refuses_a_word_it_does_not_know() -> None:
    form = _schema("khai_sinh.2024-06")
    vocabulary = jsonschema_rs.Draft202012Validator(VOCABULARY)
    assert not vocabulary.is_valid(form | {"x-hint": "?"})
    named = form["properties"] | {"ho_ten": form["properties"]["ho_ten"] | {"format": "name"}}
    assert not vocabulary.is_valid(form | {"properties": named})
    unsaid = form["properties"] | {"ho_ten": form["properties"]["ho_ten"] | {"x-sources": [{"from": "heard"}]}}
    assert not vocabulary.is_valid(form | {"properties": unsaid})


@pytest.mark.parametrize("version", sheets())
def test_every_field_is_read_once_and_known(version: str) -> None:
    form, schema = sheets()[version].form, _schema(version)
    read = list(form.in_order())
    assert sorted(read) == sorted(form.fields)
    assert set(schema["required"]) <= set(read)
    assert {field.type for field in form.fields.values()} == {f"#/$defs/{name}" for name in schema["$defs"]}
    for name, field in form.fields.items():
        words = schema["properties"][name].get("enum", [])
        assert list(field.words or {}) == words, name


@pytest.mark.parametrize("version", sheets())
def test_a_condition_looks_at_a_choice_that_is_read_before_and_is_not_asked_always(version: str) -> None:
    form, schema = sheets()[version].form, _schema(version)
    read = list(form.in_order())
    for one in schema.get("allOf", ()):
        [(of, among)] = one["if"]["properties"].items()
        asked = list(one["else"]["properties"])
        assert one["if"]["required"] == [of]
        assert set(among["enum"]) <= set(form.fields[of].words or ()), of
        assert set(one.get("then", {"required": asked[:1]})["required"]) <= set(asked), of
        for name in asked:
            assert read.index(of) < read.index(name), (of, name)
            assert name not in schema["required"], name


def test_words_of_a_type_are_the_same_in_every_form() -> None:
    known: dict[str, Any] = {}
    for version in sheets():
        for name, definition in _schema(version)["$defs"].items():
            assert known.setdefault(name, definition) == definition, (version, name)


@pytest.mark.parametrize("version", sheets())
def test_all_that_is_said_can_be_written(version: str) -> None:
    def said(part: Any) -> list[str]:
        if isinstance(part, dict):
            return [text for name, one in part.items() if name != "pattern" for text in said(one)]
        if isinstance(part, list):
            return [text for one in part for text in said(one)]
        return [part] if isinstance(part, str) else []

    for text in said(_schema(version)):
        assert gate(text) == text


def _procedures(on: date) -> dict[str, ProcedureVersion]:
    return {one.code: one for one in seed.samples() if one.holds(on)}


@pytest.mark.parametrize("version", sheets())
def test_it_serves_papers_of_procedures_that_there_are(version: str) -> None:
    form = sheets()[version].form
    for serves in form.serves:
        components = _procedures(TODAY)[serves.procedure].content.components
        if components is None:
            continue  # nobody has found out what is brought
        listed = {one.code: one for one in components}
        assert listed[serves.document].signatures, serves
        copied = {
            source.component
            for field in form.fields.values()
            for source in field.sources
            if source.kind is SourceKind.PAPER
        }
        assert copied - {None} <= {one.code for proc in form.serves for one in _components(proc.procedure)}, serves


def _components(procedure: str) -> Any:
    return _procedures(TODAY)[procedure].content.components or ()


def test_two_versions_of_a_paper_never_hold_on_one_day() -> None:
    for one, other in combinations([sheet.form for sheet in sheets().values()], 2):
        if set(one.serves) & set(other.serves):
            first, second = sorted((one, other), key=lambda form: form.valid_from or date.min)
            assert first.valid_until is not None
            assert second.valid_from is not None
            assert first.valid_until <= second.valid_from


def test_procedures_of_who_does_not_write_have_a_form_where_something_is_declared() -> None:
    """What is certified has none: there is nothing to declare."""
    served = service.served(TODAY)
    for code, version in _procedures(TODAY).items():
        declared = [one for one in version.content.components or () if one.code == "to_khai"]
        if ServiceModel.NO_WRITING in (version.content.home_models or ()) and declared:
            assert code in served, code


def test_what_is_from_memory_says_so() -> None:
    assert all(sheet.form.recalled and sheet.form.source for sheet in sheets().values())


@pytest.mark.parametrize("version", sheets())
def test_what_is_filled_in_as_the_form_says_is_right(version: str) -> None:
    sheet, chance = sheets()[version], random.Random(7)
    for _ in range(200):
        filled = Filling(sheet, chance).filled()
        assert wrong_fields(sheet.form, filled) == [], filled


def test_what_is_missing_is_named_in_the_order_in_which_it_is_read() -> None:
    sheet = sheets()["ban_sao_trich_luc.2024-06"]
    assert wrong_fields(sheet.form, Filled(values={}, sources={})) == [
        name for name in sheet.form.in_order() if name in sheet.schema["required"]
    ]


def test_a_day_that_no_calendar_has_is_no_day() -> None:
    pattern = _schema("khai_sinh.2024-06")["$defs"]["date"]["pattern"]
    real = {
        date.fromordinal(day).isoformat() for day in range(date(1870, 1, 1).toordinal(), date(2100, 1, 1).toordinal())
    }
    for year in range(1868, 2101):
        for month in range(14):
            for day in range(33):
                text = f"{year:04}-{month:02}-{day:02}"
                assert (re.fullmatch(pattern, text) is not None) == (text in real), text


def test_phones_get_all_forms_under_the_name_of_their_content() -> None:
    name, document = forms.document()
    told = msgspec.json.decode(document)
    assert [one["x-version"] for one in told["forms"]] == sorted(sheets())
    assert service.get_forms(name) == document
    assert len(document) < 160_000
    versions = [one["x-version"] for one in told["forms"]]
    assert all(one < other for one, other in pairwise(versions))
