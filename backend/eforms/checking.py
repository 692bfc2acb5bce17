"""Whether what was filled in is right, and where it is not: by the schema of the form. Pure: no I/O.

The phone says the same with another engine (`courier_api/pwa/src/eforms/checking.ts`), and a test holds them together.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from jsonschema_rs import Draft202012Validator, ValidationError, ValidationErrorKind

from backend.eforms.forms import sheets
from backend.eforms.model import Filled, Form


@cache
def _validator(version: str) -> Draft202012Validator:
    return Draft202012Validator(sheets()[version].schema)


def wrong_fields(form: Form, filled: Filled) -> list[str]:
    """Fields that are missing, wrong or not asked for, and those without a source that they may have: in the order in
    which the form is read; after them, by name, what the form does not know."""
    wrong = {name for error in _validator(form.version).iter_errors(dict(filled.values)) for name in _where(error)}
    wrong |= filled.values.keys() ^ filled.sources.keys()
    wrong |= {name for name, said in filled.sources.items() if name in form.fields and said not in _allowed(form, name)}
    known = [name for name in form.in_order() if name in wrong]
    return [*known, *sorted(wrong - form.fields.keys(), key=lambda name: name.encode("utf-16-be"))]


def _allowed(form: Form, name: str) -> frozenset[str]:
    return frozenset(source.kind for source in form.fields[name].sources)


def _where(error: ValidationError) -> Iterator[str]:
    kind: Any = error.kind
    if error.instance_path:
        yield str(error.instance_path[0])
    elif isinstance(kind, ValidationErrorKind.Required):
        yield kind.property
    elif isinstance(kind, ValidationErrorKind.AdditionalProperties):
        yield from kind.unexpected
