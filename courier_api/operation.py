"""What is said of an operation of the courier API."""

from enum import StrEnum
from typing import Any, NamedTuple

from litestar.handlers import BaseRouteHandler


class Needs(StrEnum):
    """What a request must show."""

    NOTHING = "nothing"
    PROOF = "proof"
    """A proof of the phone's key (DPoP)."""
    SESSION = "session"
    """A proof, and the access token of a sign-in."""


class Header(NamedTuple):
    """A header of a request. `schema`: JSON Schema; `example`: a value as it is sent."""

    name: str
    meaning: str
    schema: dict[str, Any]
    example: str
    required: bool = True


class Operation(NamedTuple):
    """`takes`, `gives`: a Struct, the media type of bytes, or None for nothing. `status`: when all goes well."""

    id: str
    method: str
    path: str
    title: str
    handler: BaseRouteHandler
    needs: Needs
    status: int
    takes: Any = None
    gives: Any = None
    headers: tuple[Header, ...] = ()
    answers: tuple[str, ...] = ()
    """Headers of the answer."""
    query: tuple[Header, ...] = ()
    example: Any = None
