"""What every installation begins with: the law and the geography that come with the product."""

from datetime import date

from backend.clock import local_date, system_clock
from backend.config import Settings
from backend.database import Transaction, connect
from backend.procedures import service as procedures
from backend.units import service as units


async def load(tx: Transaction, on: date) -> None:
    """A second call changes nothing."""
    await units.load_seed(tx)
    await procedures.load_seed(tx, on)


async def load_into(settings: Settings) -> None:
    """Into the database of the settings, which is at this version's schema."""
    assert settings.database_url is not None, "the caller has started the database"
    database = await connect(settings.database_url, role="tannha_service", size=1)
    try:
        async with database.transaction() as tx:
            await load(tx, local_date(system_clock()))
    finally:
        await database.close()
