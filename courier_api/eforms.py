"""The forms for who does not write, as one document that never changes under its name."""

from litestar import Controller, Response, get
from litestar.datastructures import CacheControlHeader
from litestar.di import NamedDependency
from litestar.params import FromPath

from backend.eforms import service
from backend.staff.guards import Phone
from backend.staff.model import Carrier


class ElectronicForms(Controller):
    """What is asked and filled in at the door, whichever procedure a courier meets."""

    path = "/api/courier/forms"
    tags = ("procedures",)
    cache_control = CacheControlHeader(private=True, max_age=31_536_000, immutable=True)

    @get("/{sha256:str}", operation_id="getForms", guards=[Phone()], summary="The forms of that name")
    async def forms(self, carrier: NamedDependency[Carrier], sha256: FromPath[str]) -> Response[bytes]:
        """The name comes with the day. To be fetched once: under one name there is one content for ever."""
        del carrier  # asked for, so that a revoked phone gets nothing
        return Response(service.get_forms(sha256), media_type="application/json")
