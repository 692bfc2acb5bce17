"""The catalogue of procedures, as one document that never changes under its name."""

from litestar import Controller, Response, get
from litestar.datastructures import CacheControlHeader
from litestar.di import NamedDependency
from litestar.params import FromPath

from backend.database import Transaction
from backend.procedures import service
from backend.staff.guards import Phone
from backend.staff.model import Carrier


class Procedures(Controller):
    """What is brought, paid and waited for, whichever procedure a courier meets."""

    path = "/api/courier/procedures"
    tags = ("procedures",)
    cache_control = CacheControlHeader(private=True, max_age=31_536_000, immutable=True)

    @get("/{sha256:str}", operation_id="getProcedures", guards=[Phone()], summary="The catalogue of that name")
    async def catalogue(
        self, tx: NamedDependency[Transaction], carrier: NamedDependency[Carrier], sha256: FromPath[str]
    ) -> Response[bytes]:
        """The name comes with the day. To be fetched once: under one name there is one content for ever.

        Versions to come are in it, and each holds from its own first day, so that a phone without network changes over
        at midnight.
        """
        del carrier  # asked for, so that a revoked phone gets nothing
        document = await service.get_catalogue(tx, sha256)
        return Response(document, media_type="application/json")
