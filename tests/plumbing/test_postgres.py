"""The embedded database: one owner, nothing left behind, nothing lost, nothing opened to others."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from backend import postgres, postgres_binaries, postgres_place
from backend.postgres import Server
from backend.postgres_binaries import CannotStart
from tests.conftest import MakeDatabase

START = """
import sys
from pathlib import Path
from backend import postgres, processes
if sys.argv[2] == "no kernel help":
    processes._libc = None
server = postgres.start(Path(sys.argv[1]))
print("owned" if server.owned else "attached", flush=True)
sys.stdin.read()
server.stop()
"""


def starter(data: Path, how: str = "") -> "subprocess.Popen[str]":
    """Another process that starts the database, says how, and stops it at the end of its input."""
    command = [sys.executable, "-c", START, str(data), how]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603


def said(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def ask(server: Server, sql: str, user: str = "postgres") -> Any:
    async def fetch() -> Any:
        connection = await asyncpg.connect(server.dsn("postgres", user))
        try:
            return await connection.fetchval(sql)
        finally:
            await connection.close()

    return asyncio.run(fetch())


def postmaster(data: Path) -> int:
    return int((data / "postgres/postmaster.pid").read_text().split()[0])


def gone(process: int) -> bool:
    deadline = time.monotonic() + 10
    while Path(f"/proc/{process}").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    return not Path(f"/proc/{process}").exists()


def test_of_three_starters_one_owns_and_two_attach(room: Path) -> None:
    starters = [starter(room / "data") for _ in range(3)]
    assert sorted(said(one) for one in starters) == ["attached", "attached", "owned"]
    for one in starters:
        one.communicate()
    assert not (room / "data/postgres/postmaster.pid").exists()


def test_who_only_attached_never_stops_the_server(room: Path) -> None:
    with postgres.start(room) as owner:
        other = starter(room)
        assert said(other) == "attached"
        other.communicate()
        assert ask(owner, "SELECT 1") == 1


@pytest.mark.parametrize("how", ["", "no kernel help"])
def test_the_server_ends_with_a_killed_owner(room: Path, how: str) -> None:
    with starter(room, how) as owner:
        assert said(owner) == "owned"
        process = postmaster(room)
        owner.kill()
    assert gone(process)
    with postgres.start(room) as server:
        assert server.owned


def test_an_orphan_of_a_killed_owner_is_ended_first(room: Path) -> None:
    orphaned = postgres.start(room)
    assert orphaned.lock is not None
    assert orphaned.process is not None
    os.close(orphaned.lock)
    orphaned.lock = None
    reaper = threading.Thread(target=orphaned.process.wait)
    reaper.start()
    with postgres.start(room) as server:
        reaper.join()
        assert orphaned.process.returncode == 0
        assert ask(server, "SELECT 1") == 1


def test_a_server_whose_main_process_was_killed_starts_again(room: Path) -> None:
    with postgres.start(room) as server:
        asyncio.run(_run(server, "CREATE TABLE kept (x integer)", "INSERT INTO kept VALUES (7)"))
        os.kill(postmaster(room), signal.SIGKILL)
        assert server.process is not None
        server.process.wait()
        assert not server.alive()
    with postgres.start(room) as server:
        assert ask(server, "SELECT x FROM kept") == 7


async def _run(server: Server, *statements: str) -> None:
    connection = await asyncpg.connect(server.dsn("postgres"))
    for statement in statements:
        await connection.execute(statement)
    await connection.close()


def test_a_pidfile_that_names_another_process_is_no_hindrance(room: Path) -> None:
    postgres.start(room).stop()
    (room / "postgres/postmaster.pid").write_text(f"{os.getpid()}\n{room}\n1\n5432\n\n\n\nready\n")
    with postgres.start(room) as server:
        assert ask(server, "SELECT 1") == 1


def test_a_crash_in_the_middle_of_initdb_leaves_nothing_half_made(room: Path) -> None:
    (room / "postgres.init").mkdir()
    (room / "postgres.init/half").touch()
    with postgres.start(room) as server:
        assert ask(server, "SHOW data_checksums") == "on"
        assert ask(server, "SHOW server_encoding") == "UTF8"
        assert ask(server, "SELECT lower('ĐẶNG')") == "đặng"


def test_a_cluster_of_another_version_is_refused(room: Path) -> None:
    postgres.start(room).stop()
    (room / "postgres/PG_VERSION").write_text("9\n")
    with pytest.raises(CannotStart, match="dump and restore"):
        postgres.start(room)


def test_a_folder_of_something_else_is_refused(room: Path) -> None:
    (room / "postgres").mkdir()
    (room / "postgres/diary.txt").touch()
    with pytest.raises(CannotStart, match="not a PostgreSQL cluster"):
        postgres.start(room)


def test_a_place_that_is_a_file_is_refused(room: Path) -> None:
    (room / "data").touch()
    with pytest.raises(CannotStart, match="set TANNHA_DATA"):
        postgres.start(room / "data")


def test_programs_that_are_not_there_are_refused(room: Path) -> None:
    with pytest.raises(CannotStart, match="TANNHA_POSTGRES_BIN"):
        postgres.start(room, binaries=room)


def test_a_thread_may_not_start_the_database(room: Path) -> None:
    refused: list[BaseException] = []

    def start() -> None:
        try:
            postgres.start(room)
        except RuntimeError as error:
            refused.append(error)

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    assert len(refused) == 1


def test_a_long_or_odd_path_puts_the_socket_elsewhere(room: Path) -> None:
    data = room / ("d" * 80) / "with space, comma and 'quote' 100%"
    with postgres.start(data) as server:
        assert server.place.sockets.parent == Path("/tmp")  # noqa: S108
        assert server.place.sockets.stat().st_mode & 0o777 == 0o700
        assert ask(server, "SELECT 1") == 1
    server.place.sockets.rmdir()


def test_a_socket_folder_of_somebody_else_is_refused(room: Path) -> None:
    place = postgres_place.prepare(room)
    (room / "trap").mkdir()
    (room / "run").symlink_to(room / "trap")
    with pytest.raises(CannotStart, match="another account"):
        place.own(room / "run")


def test_only_the_socket_answers_and_only_to_its_account(room: Path) -> None:
    with postgres.start(room) as server:
        assert server.place.sockets.stat().st_mode & 0o777 == 0o700
        assert server.place.cluster.stat().st_mode & 0o777 == 0o700
        assert ask(server, "SHOW listen_addresses") == ""
        assert server.process is not None
        assert os.getsid(server.process.pid) == server.process.pid
        assert not _listens(server.process.pid)
        assert Path(f"/proc/{server.process.pid}").stat().st_uid != 0


def _listens(process: int) -> bool:
    descriptors = Path(f"/proc/{process}/fd")
    sockets = {str(one.readlink()) for one in descriptors.iterdir()}
    tcp = [line.split() for line in Path(f"/proc/{process}/net/tcp").read_text().splitlines()[1:]]
    return any(f"socket:[{line[9]}]" in sockets for line in tcp)


def test_only_the_own_folder_is_opened_for_the_account_and_never_one_above(room: Path) -> None:
    closed = room / "closed"
    closed.mkdir(mode=0o700)
    place = postgres_place.prepare(closed / "data")
    assert closed.stat().st_mode & 0o777 == 0o700
    if place.account is None:
        assert place.home == closed / "data"
        assert place.home.stat().st_mode & 0o777 == 0o700
    else:
        assert place.home.parent == Path("/var/lib/tannha")
        assert (closed / "data/postgres").readlink() == place.home / "postgres"
        assert (closed / "data").stat().st_mode & 0o777 == 0o711
        place.home.rmdir()
        with contextlib.suppress(OSError):
            place.home.parent.rmdir()


def test_programs_in_a_closed_folder_are_copied_to_where_they_can_be_read(room: Path) -> None:
    programs = postgres_binaries.find()
    copy = postgres_binaries.reachable_copy(programs, room / "cache")
    assert postgres_binaries.reachable(copy / "postgres", os.geteuid() + 1)
    assert postgres_binaries.reachable_copy(programs, room / "cache") == copy
    with postgres.start(room / "data", binaries=copy) as server:
        asyncio.run(_run(server, "CREATE EXTENSION btree_gist"))


def test_a_closed_folder_is_not_reachable(room: Path) -> None:
    (room / "open").mkdir(mode=0o755)
    (room / "open/program").touch(mode=0o755)
    somebody = os.geteuid() + 1
    assert postgres_binaries.reachable(room / "open/program", somebody)
    (room / "open").chmod(0o700)
    assert not postgres_binaries.reachable(room / "open/program", somebody)
    assert postgres_binaries.reachable(room / "open/program", os.geteuid())


async def test_an_acknowledged_commit_is_on_the_disk_whoever_commits(make_database: MakeDatabase) -> None:
    database = await make_database()
    roles = {
        "tannha_app": database.app,
        "tannha_service": database.app,
        "tannha_province": database.app,
        "tannha_owner": database.owner,
        "postgres": database.superuser,
    }
    for role, dsn in roles.items():
        connection = await asyncpg.connect(dsn, server_settings={"role": role})
        assert await connection.fetchval("SELECT current_user::text") == role
        for setting in ("synchronous_commit", "fsync", "full_page_writes"):
            assert await connection.fetchval("SELECT current_setting($1)", setting) == "on", (role, setting)
        await connection.close()


def test_nobody_can_switch_durability_off_for_the_server(room: Path) -> None:
    with postgres.start(room) as server:
        for setting in ("fsync", "full_page_writes"):
            asyncio.run(_run(server, f"ALTER SYSTEM SET {setting} = off"))
        asyncio.run(_run(server, "SELECT pg_reload_conf()"))
        time.sleep(0.2)
        assert ask(server, "SHOW fsync") == ask(server, "SHOW full_page_writes") == "on"


def test_archived_log_is_never_written_over(room: Path) -> None:
    with postgres.start(room) as server:
        command = ask(server, "SHOW archive_command")
    segment = room / "segment"

    def archive() -> int:
        filled = command.replace("%p", str(segment)).replace("%f", "0000000100000000000000F0")
        return subprocess.run(["/bin/sh", "-c", filled], check=False).returncode  # noqa: S603

    segment.write_bytes(b"one")
    assert archive() == 0
    assert archive() == 0, "the same bytes again, after a crash, are fine"
    segment.write_bytes(b"two")
    assert archive() != 0
    assert (room / "wal/0000000100000000000000F0").read_bytes() == b"one"
