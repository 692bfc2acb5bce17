"""The acts a phone may send, as they are described: whose they are, what they are about, the body and an example.

Kinds, roles and words come from the rule table, bodies from the Structs they are decoded with; an example is put
together from the body's schema, and a test decodes every one.
"""

from typing import Any, NamedTuple

import msgspec

from backend.acts.envelope import Envelope
from backend.acts.rules import current, load
from backend.staff.model import Role
from backend.sync.decide import AT_A_DESK
from backend.sync.model import DECODERS
from courier_api.examples import example_of

ON_PHONES = (Role.COURIER, Role.COUNTER_CLERK, Role.POST_EMPLOYEE_AT_ONE_STOP)
"""Who is given a phone."""
SCHEMAS = "#/components/schemas/{name}"


class ActDescribed(NamedTuple):
    """`fact`: it happened, and is never refused for the state of things; else a request, which may be refused."""

    kind: str
    fact: bool
    subject: str
    roles: tuple[str, ...]
    vi: str
    en: str
    body: type[msgspec.Struct]
    about: str


def acts() -> list[ActDescribed]:
    """Under the rules of today, in their order."""
    found: list[ActDescribed] = []
    for kind, rule in load(current()).file.acts.items():
        if kind in DECODERS and kind not in AT_A_DESK and not set(ON_PHONES).isdisjoint(rule.roles):
            body: type[msgspec.Struct] = DECODERS[kind].type
            about = " ".join((body.__doc__ or "").split())
            fact = rule.kind == "fact"
            found.append(ActDescribed(kind, fact, rule.subject, rule.roles, rule.vi, rule.en, body, about))
    return found


def schemas(*others: type) -> dict[str, Any]:
    """Of the envelope, of every body and of `others`, for `components.schemas`: all at once, so that two of one name
    are told apart. The envelope names the kind, so a body need not."""
    described = acts()
    kinds = [Envelope, *(one.body for one in described), *others]
    _, found = msgspec.json.schema_components(kinds, ref_template=SCHEMAS)
    for one in described:
        schema = found[one.body.__name__]
        del schema["properties"]["kind"]
        schema["required"] = [name for name in schema.get("required", []) if name != "kind"]
        schema["examples"] = [example_of(schema, found)]
    envelope = found["Envelope"]["properties"]
    envelope["kind"] = {"enum": [one.kind for one in described]}
    envelope["body"] = {"oneOf": [{"$ref": SCHEMAS.format(name=one.body.__name__)} for one in described]}
    return found
