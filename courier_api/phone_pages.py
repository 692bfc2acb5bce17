"""The phone app's own files, at `/courier/`. It is built by `courier_api.phone_app`; nothing of it is personal.

What has its content in its name is kept by browsers for a year; the rest is asked for each time. The policy lets in
nothing from elsewhere; `wasm-unsafe-eval` is for the reader of codes.
"""

import mimetypes
from typing import Any, cast

from litestar import Router
from litestar.datastructures import CacheControlHeader
from litestar.static_files import create_static_files_router  # pyright: ignore[reportUnknownVariableType]
from litestar.types import Message, Scope

from courier_api.phone_app import BUILT

PATH = "/courier"
HEADERS = {
    b"content-security-policy": (
        b"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; "
        b"media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; "
        b"form-action 'none'; frame-ancestors 'none'"
    ),
    b"permissions-policy": b"camera=(self), geolocation=(self), microphone=(), payment=(), usb=()",
    b"cross-origin-opener-policy": b"same-origin",
    b"referrer-policy": b"no-referrer",
    b"x-content-type-options": b"nosniff",
    b"x-robots-tag": b"noindex, nofollow",
}
_A_YEAR = 365 * 24 * 3600
_TYPES = {".wasm": "application/wasm", ".webmanifest": "application/manifest+json"}
"""Not every system's table knows them, and browsers compile nothing that is called otherwise."""


def faces() -> tuple[Router, ...]:
    """Nothing where the app is not built (`make` builds it): then `/courier/` is not found."""
    if not (BUILT / "index.html").is_file():
        return ()
    for ending, media_type in _TYPES.items():
        mimetypes.add_type(media_type, ending)
    return (
        create_static_files_router(
            path=f"{PATH}/assets",
            directories=[BUILT / "assets"],
            name="phone-assets",
            cache_control=CacheControlHeader(public=True, max_age=_A_YEAR, immutable=True),
            opt={"public": True},
        ),
        create_static_files_router(
            path=PATH,
            directories=[BUILT],
            name="phone-app",
            html_mode=True,
            cache_control=CacheControlHeader(no_cache=True),
            opt={"public": True},
        ),
    )


async def cover(message: Message, scope: Scope) -> None:
    """`before_send`: what every answer below `/courier` carries."""
    path = str(cast("dict[str, Any]", scope)["path"])
    if message["type"] == "http.response.start" and (path == PATH or path.startswith(f"{PATH}/")):
        message["headers"] = [*message.get("headers", []), *HEADERS.items()]
