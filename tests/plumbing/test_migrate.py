"""The schema goes forward, once, and only forward."""

from backend.database import Transaction


async def test_the_application_works_as_the_service_role(tx: Transaction) -> None:
    row = await tx.first("SELECT session_user AS signed_in, current_user AS works_as")
    assert row is not None
    assert (row["signed_in"], row["works_as"]) == ("tannha_app", "tannha_service")


async def test_the_owner_may_make_tables(owner_tx: Transaction) -> None:
    await owner_tx.run("CREATE TABLE one (x integer)")
