"""One command makes an installation; keys are never lost in silence; sample data never meets real people."""

import asyncio
import shutil
from pathlib import Path

import asyncpg
import msgspec
import pytest

from backend import cli, config, installation, migrate
from backend.config import Settings
from backend.installation import NotReady

SUBJECT = """
    INSERT INTO subjects (kind, id, head)
    VALUES ('case', gen_random_uuid(), decode(repeat('00', 32), 'hex'))
"""


def settings_in(folder: Path, **environment: str) -> Settings:
    return config.read({"TANNHA_DATA": str(folder), **environment})


def prepare(settings: Settings, *, then: str | None = None) -> None:
    with installation.start_database(settings) as server:
        asyncio.run(installation.prepare(settings, server))
        if then is not None:
            asyncio.run(_run(server.dsn(), then))


async def _run(dsn: str, sql: str) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute(sql)
    await connection.close()


def test_an_installation_is_made_once_and_gone_on_with(room: Path) -> None:
    settings = settings_in(room / "data")
    prepare(settings)
    keys = {file.name: file.read_bytes() for file in settings.keys.iterdir()}
    assert settings.keys.stat().st_mode & 0o777 == 0o700
    prepare(settings)
    assert {file.name: file.read_bytes() for file in settings.keys.iterdir()} == keys


def test_more_connections_than_the_server_has_are_not_begun_with(room: Path) -> None:
    """200 of the embedded server, of which PostgreSQL keeps three for its superuser."""
    data = str(room / "data")
    fits, too_many = (config.read({"TANNHA_DATA": data, "TANNHA_WORKERS": "4", "TANNHA_POOL": n}) for n in ("10", "11"))
    assert [installation.connections(each) for each in (fits, too_many)] == [4 * 4 * 10 + 10 + 24, 4 * 4 * 11 + 11 + 24]
    prepare(fits)
    with pytest.raises(NotReady, match="allows 197 connections and this installation may want 211"):
        prepare(too_many)


def test_what_a_pooler_allows_is_not_ours_to_count(room: Path) -> None:
    prepare(settings_in(room / "data"))
    many = settings_in(room / "data", TANNHA_WORKERS="4", TANNHA_POOL="100")
    with installation.start_database(many) as server:
        ours = msgspec.structs.replace(
            installation.with_database(many, server), direct_url=server.dsn(user="tannha_app")
        )
        with pytest.raises(NotReady, match="lower TANNHA_POOL"):
            asyncio.run(installation.prepare(ours, None))
        pooled = msgspec.structs.replace(ours, database_url=f"{ours.database_url}&application_name=pooler")
        asyncio.run(installation.prepare(pooled, None))


def test_lost_keys_are_not_silently_made_anew(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = settings_in(room / "data")
    prepare(settings, then=SUBJECT)
    shutil.rmtree(settings.keys)
    with pytest.raises(NotReady, match="bring them back"):
        prepare(settings)
    monkeypatch.setenv("TANNHA_DATA", str(settings.data))
    assert cli.main(["init", "--new-keys"]) == 0
    prepare(settings)


def test_a_demo_refuses_real_data_and_serving_refuses_sample_data(room: Path) -> None:
    real, demo = settings_in(room / "real"), settings_in(room / "demo", TANNHA_DEMO="1")
    prepare(real, then=SUBJECT)
    with pytest.raises(NotReady, match="holds real data"):
        prepare(settings_in(room / "real", TANNHA_DEMO="1"))
    prepare(demo, then=SUBJECT)
    prepare(demo)
    with pytest.raises(NotReady, match="holds sample data"):
        prepare(settings_in(room / "demo"))


def test_only_a_demo_can_be_thrown_away(room: Path) -> None:
    real, demo = settings_in(room / "real"), settings_in(room / "demo", TANNHA_DEMO="1")
    prepare(real, then=SUBJECT)
    with pytest.raises(NotReady, match="nothing was thrown away"):
        installation.throw_demo_away(settings_in(room / "real", TANNHA_DEMO="1"))
    prepare(real)
    prepare(demo, then=SUBJECT)
    demo.files.mkdir()
    with installation.start_database(demo), pytest.raises(NotReady, match="stop the demo first"):
        installation.throw_demo_away(demo)
    installation.throw_demo_away(demo)
    assert not demo.files.exists()
    prepare(demo)


def test_a_server_of_ones_own_is_only_looked_at(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with installation.start_database(settings_in(room / "server")) as server:
        asyncio.run(migrate.bootstrap(server.dsn("postgres")))
        settings = settings_in(room / "data", DATABASE_URL=server.dsn(user="tannha_app"))
        with pytest.raises(NotReady, match="run `tannha migrate`"):
            asyncio.run(installation.prepare(settings, None))
        monkeypatch.setenv("DATABASE_URL", server.dsn(user="tannha_app"))
        assert cli.main(["migrate"]) == 1
        monkeypatch.setenv("TANNHA_OWNER_URL", server.dsn(user="tannha_owner"))
        assert cli.main(["migrate"]) == 0
        asyncio.run(installation.prepare(settings, None))
        assert (settings.keys / "wrap.json").exists()


def test_a_new_installation_has_the_law_and_the_geography_that_come_with_the_product(
    room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_in(room / "data")
    monkeypatch.setenv("TANNHA_DATA", str(settings.data))
    for _ in range(2):
        assert cli.main(["init"]) == 0
    with installation.start_database(settings) as server:
        counted = asyncio.run(_counted(server.dsn()))
    assert counted["procedures"] >= 30
    assert counted["communes"] > 400
    assert counted["catalogues"] == 1


async def _counted(dsn: str) -> asyncpg.Record:
    connection = await asyncpg.connect(dsn)
    try:
        return await connection.fetchrow(
            """SELECT (SELECT count(*) FROM procedure_versions) AS procedures,
                      (SELECT count(*) FROM communes) AS communes,
                      (SELECT count(*) FROM catalogues) AS catalogues"""
        )
    finally:
        await connection.close()
