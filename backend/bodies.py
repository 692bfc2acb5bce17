"""What may come in as the body of a request: a cap for every route; where JSON is read, JSON exactly as described.

A form of another site can send what a browser calls text, never what it calls JSON without asking us first.
"""

from functools import cache
from typing import Any, ClassVar

import msgspec
from litestar import Request
from litestar.enums import RequestEncodingType
from litestar.exceptions import ClientException, ValidationException
from litestar.params import BodyKwarg

from backend.errors import Refusal

MOST_BYTES = 1_000_000
"""Where a route says nothing else."""


class NotJson(Refusal):
    """Không đọc được dạng dữ liệu này."""

    status: ClassVar[int] = 415


async def strictly_json(request: Request[Any, Any, Any]) -> None:
    """`before_request`, where a route reads JSON. Raises NotJson for another type, ValidationException for values of
    another type than the Struct says: the framework would take `"1"` for 1, and points to nothing."""
    data = request.route_handler.parsed_fn_signature.parameters.get("data")
    if data is None or not isinstance(data.kwarg_definition, BodyKwarg):
        return
    if data.kwarg_definition.media_type != RequestEncodingType.JSON:
        return
    sent = request.content_type[0]
    if sent != "application/json" and not sent.endswith("+json"):
        raise NotJson("Gửi kèm Content-Type: application/json.")
    try:
        _decoder(data.annotation).decode(await request.body())
    except msgspec.ValidationError as error:
        told, _, place = str(error).partition(" - at `$")
        raise ValidationException(extra=[{"key": _key(place), "message": told}]) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ClientException from error


@cache
def _decoder(kind: Any) -> "msgspec.json.Decoder[Any]":
    return msgspec.json.Decoder(kind)


def _key(place: str) -> str:
    """`.acts[3].envelope` and a backquote -> `acts.3.envelope`."""
    return place.rstrip("`").replace("[", ".").replace("]", "").lstrip(".")
