"""The portal's door for programs: OpenAPI 3.1, made from the Structs that bodies are decoded with."""

from typing import Any

import msgspec

from backend import problems

_SCHEMAS = "#/components/schemas/{name}"
_SIGNED: dict[str, Any] = {
    "timestamp": {
        "type": "apiKey",
        "in": "header",
        "name": "Portal-Timestamp",
        "description": "Giây kể từ 1970, lệch không quá 5 phút · seconds since 1970, at most 5 minutes off.",
    },
    "signature": {
        "type": "apiKey",
        "in": "header",
        "name": "Portal-Signature",
        "description": (
            "HMAC-SHA-256 bằng khóa chung, 64 chữ số hex thường, của bốn dòng nối bằng LF: phương thức, đường dẫn,"
            " giây, SHA-256 (hex) của nội dung · of method, path, timestamp and the body's SHA-256, joined by LF."
        ),
    },
}
_REFUSED = {
    "description": "Không được, và vì sao · Refused, and why",
    "content": {"application/problem+json": {"schema": {"$ref": _SCHEMAS.format(name="Problem")}}},
}
_EXAMPLE = {
    "request_id": "DVC-20261123-000017",
    "procedure": "2.000635",
    "dossier_code": "H20.12-261123-0017",
    "agency": "H20.12",
    "owner": {"name": "Nguyễn Văn Mẫu", "number": "087200000017"},
    "visit_commune": "30112",
    "address": "Số 12, tổ 3",
    "hamlet": "Ấp 1",
    "landmark": "Qua cầu sắt, nhà thứ hai bên trái",
    "access": "motorbike",
    "phone": "0912 000 017",
}


def document(takes: type[msgspec.Struct], gives: type[msgspec.Struct]) -> dict[str, Any]:
    """`takes`: what is sent. `gives`: what every answer says."""
    _, schemas = msgspec.json.schema_components([takes, gives], ref_template=_SCHEMAS)
    answer = {"description": "Được · Done", "content": _content(gives)}
    found = {"200": answer, "default": _REFUSED}
    signed: list[dict[str, list[str]]] = [{"timestamp": [], "signature": []}]
    sent = _content(takes)
    sent["application/json"]["examples"] = {"example": {"value": _EXAMPLE}}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Tận Nhà: Cổng Dịch vụ công · portal API",
            "version": "1",
            "description": (
                "Gửi lại bao nhiêu lần cũng được: một mã yêu cầu là một đăng ký. · Whatever is sent may be sent again."
            ),
        },
        "servers": [{"url": "/"}],
        "paths": {
            "/api/portal/registrations": {
                "post": {
                    "operationId": "portalRegister",
                    "summary": "Đăng ký cùng lúc nộp hồ sơ · register with the dossier",
                    "security": signed,
                    "requestBody": {"required": True, "content": sent},
                    "responses": found,
                }
            },
            "/api/portal/registrations/{request_id}": {
                "get": {
                    "operationId": "portalRegistration",
                    "summary": "Đăng ký đã đến đâu · how a registration stands",
                    "security": signed,
                    "parameters": [
                        {"name": "request_id", "in": "path", "required": True, "schema": {"type": "string"}}
                    ],
                    "responses": found,
                }
            },
        },
        "components": {"schemas": {**schemas, "Problem": problems.SCHEMA}, "securitySchemes": _SIGNED},
    }


def _content(what: type[msgspec.Struct]) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": _SCHEMAS.format(name=what.__name__)}}}
