"""What may come in as the body of a request: a cap for every route, and JSON where JSON is read.

A form of another site can send what a browser calls text, never what it calls JSON without asking us first.
"""

from typing import Any, ClassVar

from litestar import Request
from litestar.enums import RequestEncodingType
from litestar.params import BodyKwarg

from backend.errors import Refusal

MOST_BYTES = 1_000_000
"""Where a route says nothing else."""


class NotJson(Refusal):
    """Không đọc được dạng dữ liệu này."""

    status: ClassVar[int] = 415


async def only_json(request: Request[Any, Any, Any]) -> None:
    """`before_request`. Raises NotJson where a route that reads JSON is sent something else."""
    data = request.route_handler.parsed_fn_signature.parameters.get("data")
    if data is None or not isinstance(data.kwarg_definition, BodyKwarg):
        return
    wanted, sent = data.kwarg_definition.media_type, request.content_type[0]
    if wanted == RequestEncodingType.JSON and not (sent == "application/json" or sent.endswith("+json")):
        raise NotJson("Gửi kèm Content-Type: application/json.")
