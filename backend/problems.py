"""Every refusal and every fault as RFC 9457 `application/problem+json`: one mapping, no inside details."""

from html import escape
from typing import Any

import asyncpg
import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.types import HTTPScope, Message

from backend.errors import Busy, Invalid, Refusal
from backend.logs import request_id

MEDIA_TYPE = "application/problem+json"
_UNUSABLE = (
    RecursionError,
    UnicodeEncodeError,
    asyncpg.CharacterNotInRepertoireError,
    asyncpg.UntranslatableCharacterError,
)
"""Nested beyond reason; half a character; a NUL: text that came in and that nobody can keep."""
_UNREACHABLE = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # the connection broke in the middle of an answer
    asyncpg.OperatorInterventionError,  # it is being ended, recovers from a crash, or does not take anybody yet
    asyncpg.InsufficientResourcesError,
    OSError,
    TimeoutError,
)
_PAGE = (
    '<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>{title}</title><h1>{title}</h1><p>{detail}</p></html>"
)

log = structlog.get_logger()

TITLES = {
    400: ("bad-request", "Yêu cầu chưa đúng.", "Xem lại nội dung đã gửi rồi gửi lại."),
    401: ("not-signed-in", "Chưa đăng nhập.", "Đăng nhập rồi làm lại."),
    403: ("not-allowed", "Không có quyền làm việc này.", "Hỏi người phụ trách đơn vị."),
    404: ("not-found", "Không tìm thấy.", "Kiểm tra lại địa chỉ."),
    405: ("method-not-allowed", "Không làm được theo cách này.", "Kiểm tra lại cách gửi."),
    408: ("sent-too-slowly", "Dữ liệu gửi lên quá chậm.", "Gửi lại."),
    413: ("too-large", "Dữ liệu quá lớn.", "Chia nhỏ rồi gửi lại."),
    415: ("unsupported-media-type", "Không đọc được dạng dữ liệu này.", "Kiểm tra lại dạng dữ liệu."),
    429: ("too-many-requests", "Gửi quá nhiều yêu cầu.", "Chờ một lát rồi gửi lại."),
    500: ("internal", "Trung tâm gặp trục trặc.", "Dữ liệu trên máy vẫn còn. Máy sẽ tự gửi lại."),
    503: ("busy", "Máy chủ đang bận.", "Máy sẽ tự gửi lại. Không mất dữ liệu."),
}

SCHEMA: dict[str, Any] = {
    "title": "Problem",
    "description": "RFC 9457. `type`: urn:tannha:problem:<slug>; `title`, `detail`: câu cho người đọc, tiếng Việt.",
    "type": "object",
    "properties": {
        "type": {"type": "string", "pattern": "^urn:tannha:problem:[a-z0-9-]+$"},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string"},
        "instance": {"type": "string", "format": "uri"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
                "required": ["pointer", "detail"],
            },
        },
    },
    "required": ["type", "title", "status", "detail"],
}
"""Of what every refusal is, for descriptions of our doors."""


def problem(status: int, slug: str, title: str, detail: str, **more: Any) -> Response[dict[str, Any]]:
    """`slug` -> `urn:tannha:problem:<slug>`."""
    headers: dict[str, str] = more.pop("headers", None) or {}
    content = {"type": f"urn:tannha:problem:{slug}", "title": title, "status": status, "detail": detail, **more}
    if (asked := request_id()) is not None:
        content["instance"] = f"urn:uuid:{asked}"
    return Response(content, status_code=status, media_type=MEDIA_TYPE, headers=headers)


def of_refusal(_request: Request[Any, Any, Any], refusal: Refusal) -> Response[dict[str, Any]]:
    more: dict[str, Any] = {}
    if isinstance(refusal, Invalid) and refusal.pointer is not None:
        more["errors"] = [{"pointer": refusal.pointer, "detail": str(refusal)}]
    headers = dict(getattr(refusal, "headers", None) or {})
    if refusal.retry_after is not None:
        headers["Retry-After"] = str(refusal.retry_after)
    return problem(refusal.status, refusal.slug(), refusal.title(), str(refusal), headers=headers, **more)


def of_http(_request: Request[Any, Any, Any], error: HTTPException) -> Response[dict[str, Any]]:
    """What the framework refuses by itself: unknown path, wrong method, a body that does not decode."""
    status = error.status_code
    if status >= 500:
        log.error("fault", exc_info=error)
    slug, title, detail = TITLES.get(status) or TITLES[400 if status < 500 else 500]
    more: dict[str, Any] = {"headers": {k: v for k, v in (error.headers or {}).items() if k.lower() != "content-type"}}
    if isinstance(error, ValidationException) and isinstance(error.extra, list):
        more["errors"] = [
            {"pointer": _pointer(str(item.get("key", ""))), "detail": str(item.get("message", ""))}
            for item in error.extra
        ]
    return problem(status, slug, title, detail, **more)


def _pointer(key: str) -> str:
    """`acts.3.kind` -> `/acts/3/kind`; the whole body is the empty pointer (RFC 6901)."""
    return "".join(f"/{part}" for part in key.split(".")) if key else ""


def of_fault(request: Request[Any, Any, Any], error: Exception) -> Response[dict[str, Any]]:
    """Anything else. The log has the inside, the answer does not."""
    if isinstance(error, _UNUSABLE):
        slug, title, detail = TITLES[400]
        return problem(400, slug, title, detail)
    if isinstance(error, _UNREACHABLE):
        log.warning("database_unreachable", exc_info=error)
        return of_refusal(request, Busy(TITLES[503][2], retry_after=2))
    log.error("fault", exc_info=error)
    slug, title, detail = TITLES[500]
    return problem(500, slug, title, detail)


def messages(scope: HTTPScope, refusal: Refusal) -> list[Message]:
    """A refusal as ASGI messages, for whoever answers before the application does. A browser gets a page."""
    accepted = next((value for name, value in scope["headers"] if name == b"accept"), b"")
    content: dict[str, Any] = problem(refusal.status, refusal.slug(), refusal.title(), str(refusal)).content
    if b"text/html" in accepted:
        body = _PAGE.format(title=escape(refusal.title()), detail=escape(str(refusal))).encode()
        media_type = b"text/html; charset=utf-8"
    else:
        body, media_type = msgspec.json.encode(content), MEDIA_TYPE.encode()
    headers = [(b"content-type", media_type), (b"content-length", str(len(body)).encode())]
    if refusal.retry_after is not None:
        headers.append((b"retry-after", str(refusal.retry_after).encode()))
    return [
        {"type": "http.response.start", "status": refusal.status, "headers": headers},
        {"type": "http.response.body", "body": body, "more_body": False},
    ]


HANDLERS: dict[int | type[Exception], Any] = {Refusal: of_refusal, HTTPException: of_http, Exception: of_fault}
