"""The forms that come with the product: `data/*.json`. A form in use is never changed: it ends, and another begins.

What is from memory says so: its words are to be held against the official form before it is used in earnest.
"""

from datetime import date
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Any

import msgspec

from backend.eforms.model import Form


class Sheet(msgspec.Struct, frozen=True):
    """A form and its schema as the file has it."""

    form: Form
    schema: dict[str, Any]


@cache
def sheets() -> dict[str, Sheet]:
    """By version, in the order of their versions."""
    files = [one for one in resources.files("backend.eforms").joinpath("data").iterdir() if one.name.endswith(".json")]
    read = [_sheet(one.read_bytes()) for one in files]
    return {one.form.version: one for one in sorted(read, key=lambda one: one.form.version)}


def _sheet(data: bytes) -> Sheet:
    return Sheet(msgspec.json.decode(data, type=Form), msgspec.json.decode(data))


class Forms(msgspec.Struct, frozen=True):
    """`GET /api/courier/forms/{sha256}`: every form, those that ended and those to come too. `format`: of this
    document. Each form is a JSON Schema 2020-12 of its values with the keywords of `vocabulary.json`."""

    format: int
    forms: list[dict[str, Any]]


def serving(procedure: str, on: date) -> list[tuple[str, Form]]:
    """Forms of a procedure on a day, each with the paper of its list that it is, in the order of its list."""
    holding = [one.form for one in sheets().values() if one.form.holds(on)]
    return [(of.document, form) for form in holding for of in form.serves if of.procedure == procedure]


def served(on: date) -> frozenset[str]:
    """Procedures that have a form on that day."""
    return frozenset(of.procedure for one in sheets().values() if one.form.holds(on) for of in one.form.serves)


@cache
def document() -> tuple[str, bytes]:
    """All forms as phones carry them, under the name of their SHA-256 in hex."""
    told = msgspec.json.encode(Forms(format=1, forms=[one.schema for one in sheets().values()]))
    return sha256(told).hexdigest(), told
