"""The courier API for programs (OpenAPI 3.1) and for people, on one page. Nothing on it comes from anywhere else.

The schemas are those the bodies are decoded with, so that what the description allows is what the server takes.
"""

import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Controller, MediaType, Response, get

from backend import problems
from backend.errors import Refusal
from backend.staff.dpop import LONGEST
from courier_api import acts
from courier_api.acts import SCHEMAS
from courier_api.examples import example_of
from courier_api.operation import Header, Needs, Operation
from courier_api.operations import OPERATIONS

_HERE = Path(__file__).parent
_REQUEST_ID = Header(
    "X-Request-Id",
    "Mã của lần gọi này; có trong câu trả lời và nhật ký · id of this request, in the answer and our log",
    {"type": "string"},
    "0199c0de-0000-7000-8000-000000000006",
    required=False,
)
_IN_PATH = {
    "upload_id": ("^[0-9a-f]{32}$", "0199c0de000070008000000000000007"),
    "sha256": ("^[0-9a-f]{64}$", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
}
"""By name: what it looks like, and an example."""
_SECURITY: dict[Needs, list[dict[str, list[str]]]] = {
    Needs.NOTHING: [],
    Needs.PROOF: [{"proof": []}],
    Needs.SESSION: [{"proof": [], "session": []}],
}
_SCHEMES = {
    "proof": {
        "type": "apiKey",
        "in": "header",
        "name": "DPoP",
        "description": (
            "Bằng chứng của khóa trên máy (RFC 9449): ES256, `typ: dpop+jwt`, khóa trong `jwk`; `htm`, `htu` (không có"
            f" tham số), `iat`, `jti`, `nonce`, và `ath` khi có phiên. Dài nhất {LONGEST} ký tự. Chưa có `nonce`: trung"
            " tâm trả 401 cùng `DPoP-Nonce`; làm lại với mã đó. · Proof of the phone's key; a 401 brings the nonce."
        ),
    },
    "session": {
        "type": "http",
        "scheme": "DPoP",
        "description": "`Authorization: DPoP <access_token>`, 15 phút · 15 minutes, then `refresh`.",
    },
}


@cache
def document() -> dict[str, Any]:
    """OpenAPI 3.1."""
    structs = [found for one in OPERATIONS for found in (one.takes, one.gives) if isinstance(found, type)]
    schemas: dict[str, Any] = {**acts.schemas(*dict.fromkeys(structs)), "Problem": problems.SCHEMA}
    sent = schemas["Sent"]["properties"]
    sent["sealed"]["description"] = (
        "Thay cho ba phần kia: `Batch` chỉ gồm việc này, niêm phong từ lúc làm · instead of the others"
    )
    _text_of(sent["envelope"]).update(
        contentEncoding="base64url",
        contentMediaType="application/json",
        contentSchema={"$ref": SCHEMAS.format(name="Envelope")},
    )
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _described(operation, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Tận Nhà: máy của bưu tá · courier API",
            "version": "1",
            "description": (
                "Gửi lại bao nhiêu lần cũng được: mỗi việc có hiệu lực một lần. · Whatever is sent may be sent again."
            ),
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": _SCHEMES},
        "x-acts": [_act(one) for one in acts.acts()],
    }


def _text_of(schema: dict[str, Any]) -> dict[str, Any]:
    """Of a member that may be null: what it is otherwise."""
    return next((one for one in schema.get("anyOf", ()) if one.get("type") == "string"), schema)


def _act(one: acts.ActDescribed) -> dict[str, Any]:
    told = one._asdict()
    return told | {"roles": list(one.roles), "body": {"$ref": SCHEMAS.format(name=one.body.__name__)}}


def _described(operation: Operation, schemas: Mapping[str, Any]) -> dict[str, Any]:
    parameters = [_in_path(name) for name in _IN_PATH if f"{{{name}}}" in operation.path]
    parameters += [_parameter(header, "header") for header in (*operation.headers, _REQUEST_ID)]
    parameters += [_parameter(header, "query") for header in operation.query]
    found: dict[str, Any] = {
        "operationId": operation.id,
        "summary": operation.title,
        "description": (operation.handler.fn.__doc__ or "").strip(),
        "security": _SECURITY[operation.needs],
        "parameters": parameters,
        "responses": {str(operation.status): _answer(operation, schemas), "default": _REFUSED},
    }
    if operation.takes is not None:
        content: dict[str, Any] = _content(operation.takes)
        if operation.example is not None:
            next(iter(content.values()))["examples"] = {"example": {"value": operation.example}}
        found["requestBody"] = {"required": isinstance(operation.takes, type), "content": content}
    return found


def _in_path(name: str) -> dict[str, Any]:
    pattern, example = _IN_PATH[name]
    schema = {"type": "string", "pattern": pattern}
    return {"name": name, "in": "path", "required": True, "schema": schema, "example": example}


def _parameter(header: Header, place: str) -> dict[str, Any]:
    return {
        "name": header.name,
        "in": place,
        "description": header.meaning,
        "required": header.required,
        "schema": header.schema,
        "example": int(header.example) if header.schema.get("type") == "integer" else header.example,
    }


def _content(what: Any) -> dict[str, Any]:
    if isinstance(what, str):
        return {what: {"schema": {"type": "string", "contentMediaType": what}}}
    return {"application/json": {"schema": {"$ref": SCHEMAS.format(name=what.__name__)}}}


def _answer(operation: Operation, schemas: Mapping[str, Any]) -> dict[str, Any]:
    headers = {name: {"schema": {"type": "string"}} for name in (*operation.answers, "X-Request-Id")}
    found: dict[str, Any] = {"description": "Được · Done", "headers": headers}
    if operation.gives is not None:
        found["content"] = _content(operation.gives)
        for content in found["content"].values():
            if "$ref" in content["schema"]:
                content["examples"] = {"example": {"value": example_of(content["schema"], schemas)}}
    return found


_REFUSED = {
    "description": "Không được, và vì sao · Refused, and why",
    "headers": {
        "X-Request-Id": {"schema": {"type": "string", "format": "uuid"}},
        "Retry-After": {"description": "giây · seconds", "schema": {"type": "string"}},
        "DPoP-Nonce": {"schema": {"type": "string"}},
        "WWW-Authenticate": {"schema": {"type": "string"}},
    },
    "content": {
        "application/problem+json": {
            "schema": {"$ref": SCHEMAS.format(name="Problem")},
            "examples": {
                "example": {
                    "value": {
                        "type": "urn:tannha:problem:busy",
                        "title": "Máy chủ đang bận.",
                        "status": 503,
                        "detail": "Máy sẽ tự gửi lại. Không mất dữ liệu.",
                        "instance": "urn:uuid:0199c0de-0000-7000-8000-000000000006",
                    }
                }
            },
        }
    },
}


def refusals() -> list[tuple[int, str, str]]:
    """Status, type and title of every refusal there is, in the order of their status."""
    found: set[tuple[int, str, str]] = set()
    waiting: list[type[Refusal]] = [Refusal]
    while waiting:
        one = waiting.pop()
        waiting += one.__subclasses__()
        found.add((one.status, f"urn:tannha:problem:{one.slug()}", one.title()))
    return sorted(found)


@cache
def page() -> tuple[str, str]:
    """The page for people, and the policy that lets nothing in but its own style."""
    environment: Any = Environment(
        loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["pretty"] = _pretty
    style = (_HERE / "templates" / "docs.css").read_text(encoding="utf-8")
    told = document()
    text = cast(
        "str",
        environment.get_template("docs.html").render(
            style=style, document=told, schemas=told["components"]["schemas"], schemes=_SCHEMES, refusals=refusals()
        ),
    )
    digest = msgspec.json.encode(sha256(style.encode()).digest()).decode().strip('"')
    return text, f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; frame-ancestors 'none'"


def _pretty(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


class Description(Controller):
    """What phones may ask and how, for whoever writes a program for them."""

    path = "/api/courier"
    opt = {"public": True}  # noqa: RUF012

    @get("/openapi.json", operation_id="describe", media_type="application/vnd.oai.openapi+json")
    async def openapi(self) -> bytes:
        """OpenAPI 3.1."""
        return msgspec.json.encode(document())

    @get("/docs", operation_id="explain")
    async def docs(self) -> Response[str]:
        """The same for people."""
        text, policy = page()
        return Response(
            text,
            media_type=MediaType.HTML,
            headers={"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff"},
        )
