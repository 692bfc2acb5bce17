"""The description of the courier API is true and whole, needs nothing from elsewhere, and no request makes us fail."""

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar import Litestar

from backend import app, config, postgres
from backend.acts import envelope, rules
from backend.database import connect
from backend.errors import Refusal
from backend.keys import KeyRing
from backend.staff import service
from backend.staff.guards import Phone
from backend.sync.model import DECODERS
from courier_api.description import document, page, refusals
from courier_api.operation import Needs
from courier_api.operations import OPERATIONS
from tests.builders_ground import Ground, furnish
from tests.builders_served import served
from tests.builders_staff import NOW, PASSWORD
from tests.courier_api.fuzzing import fuzz

ABOUT_ITSELF = {"/api/courier/openapi.json", "/api/courier/docs"}


@pytest.fixture(scope="module")
def ring(tmp_path_factory: pytest.TempPathFactory) -> KeyRing:
    return KeyRing.make(tmp_path_factory.mktemp("ring") / "keys")


@pytest.fixture(scope="module")
def application(ring: KeyRing, tmp_path_factory: pytest.TempPathFactory) -> Litestar:
    folder = tmp_path_factory.mktemp("installation")
    settings = config.read({"TANNHA_DATA": str(folder), "TANNHA_KEYS": str(ring.file("sign").parent)})  # type: ignore[arg-type]
    return app.create(settings)


def routes(application: Litestar) -> dict[tuple[str, str], Any]:
    """Method and path as described -> handler, of all that phones may call."""
    found: dict[tuple[str, str], Any] = {}
    for route in application.routes:
        for handler in getattr(route, "route_handlers", []):
            if not handler.fn.__module__.startswith("courier_api"):
                continue
            for method in handler.http_methods:
                found[method, re.sub(r"{(\w+):\w+}", r"{\1}", route.path)] = handler
    return found


def test_every_operation_is_described_and_nothing_else(application: Litestar) -> None:
    described = {(one.method, one.path) for one in OPERATIONS}
    there = {key for key in routes(application) if key[1] not in ABOUT_ITSELF}
    assert described == there
    assert len({one.id for one in OPERATIONS}) == len(OPERATIONS)


def test_what_a_request_must_show_is_what_its_route_asks_for(application: Litestar) -> None:
    for one in OPERATIONS:
        handler = routes(application)[one.method, one.path]
        guarded = any(isinstance(guard, Phone) for guard in handler.resolve_guards())
        assert guarded == (one.needs is Needs.SESSION), one.id
        assert guarded != (handler.opt.get("public") is True), one.id


def test_status_and_body_are_those_of_the_route(application: Litestar) -> None:
    for one in OPERATIONS:
        handler = routes(application)[one.method, one.path]
        if one.method != "OPTIONS":
            assert one.status == handler.status_code, one.id
        data = handler.parsed_fn_signature.parameters.get("data")
        assert (data.annotation if data else None) == (one.takes if isinstance(one.takes, type) else None), one.id


def test_every_body_and_parameter_has_an_example_that_is_taken() -> None:
    for one in OPERATIONS:
        if isinstance(one.takes, type):
            assert msgspec.convert(one.example, one.takes, strict=True), one.id
    for methods in document()["paths"].values():
        for operation in methods.values():
            assert all("example" in parameter for parameter in operation["parameters"]), operation["operationId"]


def test_the_example_of_an_act_is_one() -> None:
    example = next(one.example for one in OPERATIONS if one.id == "sendActs")
    text = example["acts"][0]["envelope"]
    assert envelope.read(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))).kind == "depart"


def test_what_nobody_knows_is_described_as_refused() -> None:
    """Where the server forbids unknown fields, so does the description."""
    schemas = document()["components"]["schemas"]
    assert [
        name for name in ("Enrol", "SignIn", "Refresh", "Batch", "Sent") if schemas[name]["additionalProperties"]
    ] == []


def test_every_refusal_is_listed_with_its_sentence() -> None:
    told = {type_: (status, title) for status, type_, title in refusals()}
    assert len(told) == len(refusals()), "two refusals of one name"
    assert told["urn:tannha:problem:busy"] == (503, "Máy chủ đang bận.")
    assert all(title.endswith(".") for _, title in told.values())
    assert Refusal.slug() == "refusal"


def test_the_page_needs_nothing_from_elsewhere() -> None:
    text, policy = page()
    assert re.findall(r"(?:src|href)=\"(?!#|/api/courier/)[^\"]*\"", text) == []
    assert "<script" not in text
    assert "://" not in re.sub(r"<pre.*?</pre>", "", text, flags=re.DOTALL)
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; frame-ancestors 'none'"


def test_every_operation_and_schema_stands_on_the_page() -> None:
    text, _ = page()
    for one in OPERATIONS:
        assert f'id="{one.id}"' in text
    for name in document()["components"]["schemas"]:
        assert f'id="schema-{name}"' in text
    assert set(re.findall(r'href="#([^"]+)"', text)) <= set(re.findall(r' id="([^"]+)"', text))


@pytest.fixture(scope="module")
async def ground(server: postgres.Server, template: str, ring: KeyRing) -> Ground:
    """Lan signs in as the example says."""
    ground = await furnish(server, template, ring)
    database = await connect(server.dsn(ground.name, "tannha_app"), role="tannha_service", size=1)
    async with database.transaction() as tx:
        await service.set_password(tx, ground.furnished.lan, account="lan", password=PASSWORD, at=NOW)
    await database.close()
    return ground


async def test_whatever_is_sent_the_server_does_not_fail(ground: Ground, ring: KeyRing, tmp_path: Path) -> None:
    """Every check of schemathesis that makes sense here: no 5xx, answers as described, wrong data refused, proofs
    asked for. Longer: `python -m tests.bench.fuzzing`."""
    field = ground.furnished
    async with ground.copied() as copy:
        with served(copy.app, tmp_path, ring) as base:
            status, said, report = fuzz(
                base,
                ring,
                field.tu_phone,
                field.phone,
                tmp_path / "report.json",
                "--phases=examples,coverage,fuzzing",
                "--max-examples=4",
                # Two threads that parse Python at once trip over each other before Python 3.13.
                "--workers=1",
                "--generation-deterministic",
            )
    assert status == 0, said
    assert report["operations"] == {
        "total": len(OPERATIONS),
        "selected": len(OPERATIONS),
        "tested": len(OPERATIONS),
        "errored": 0,
        "skipped": 0,
        "skip_reasons": [],
    }
    assert report["test_cases"]["generated"] > 500


def test_every_act_a_phone_may_send_is_described_with_an_example_that_is_taken() -> None:
    told = document()
    described = {act["kind"]: act for act in told["x-acts"]}
    table = rules.load(rules.current()).file.acts
    assert {kind for kind, rule in table.items() if "courier" in rule.roles} & set(DECODERS) <= set(described)
    assert "erase" not in described
    schemas = told["components"]["schemas"]
    for kind, act in described.items():
        schema = schemas[act["body"]["$ref"].rpartition("/")[2]]
        for example in schema["examples"]:
            assert DECODERS[kind].decode(json.dumps(example)), kind
            assert "kind" not in example
    bodies = {one["$ref"] for one in schemas["Envelope"]["properties"]["body"]["oneOf"]}
    assert bodies == {act["body"]["$ref"] for act in described.values()}
    [envelope] = [one for one in schemas["Sent"]["properties"]["envelope"]["anyOf"] if one["type"] == "string"]
    assert envelope["contentSchema"] == {"$ref": "#/components/schemas/Envelope"}


def test_every_answer_has_an_example_of_its_kind() -> None:
    described = document()["paths"]
    for one in OPERATIONS:
        if isinstance(one.gives, type):
            answer = described[one.path][one.method.lower()]["responses"][str(one.status)]
            [content] = answer["content"].values()
            assert msgspec.convert(content["examples"]["example"]["value"], one.gives), one.id
