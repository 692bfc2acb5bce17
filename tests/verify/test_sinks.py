"""Where checkpoints are sent to."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import msgspec
import pytest

from backend import config
from backend.acts.checkpoints import HEADS, NOTE, FolderSink, Made, WebhookSink, deliver, file_name
from backend.acts.note import Checkpoint
from backend.clock import system_clock
from backend.database import connect
from backend.keys import KeyRing
from backend.work import checkpoint

AT = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
MADE = Made(
    checkpoint=Checkpoint(origin="tannha/test", size=0, root=bytes(32), made_at=AT), note=b"note", heads=b"heads"
)


def at(moment: datetime) -> Made:
    return msgspec.structs.replace(MADE, checkpoint=msgspec.structs.replace(MADE.checkpoint, made_at=moment))


async def test_a_folder_keeps_every_note_and_thins_out_the_lists_of_days_gone_by(tmp_path: Path) -> None:
    sink = FolderSink(tmp_path / "elsewhere")
    moments = [AT - timedelta(hours=hours) for hours in range(72, -1, -6)]
    for moment in moments:
        await sink.send(at(moment))
    notes, lists = ({path.name.removesuffix(end) for path in sink.folder.glob(f"*{end}")} for end in (NOTE, HEADS))
    assert notes == {file_name(moment) for moment in moments}
    last_day = {file_name(moment) for moment in moments if moment >= AT - timedelta(days=1)}
    assert last_day <= lists
    assert sorted(name[:8] for name in lists - last_day) == ["20261122", "20261123"]


async def test_the_same_checkpoint_twice_changes_nothing(tmp_path: Path) -> None:
    for _ in range(2):
        await FolderSink(tmp_path).send(MADE)
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{MADE.name}{HEADS}", f"{MADE.name}{NOTE}"]


async def test_one_sink_that_fails_does_not_keep_the_others_from_it(tmp_path: Path) -> None:
    (tmp_path / "a file").write_bytes(b"")
    failed = await deliver(MADE, [FolderSink(tmp_path / "a file"), FolderSink(tmp_path / "good")])
    assert [str(tmp_path / "a file") in str(error) for error in failed] == [True]
    assert (tmp_path / "good" / f"{MADE.name}{NOTE}").read_bytes() == b"note"


@contextmanager
def listening(status: int) -> Generator[tuple[str, list[tuple[str | None, bytes]]]]:
    """A server that keeps what it is sent."""
    got: list[tuple[str | None, bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append((self.headers["Tannha-Checkpoint"], self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Silent."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/checkpoints", got
        server.shutdown()


async def test_a_webhook_gets_the_list_and_then_the_note() -> None:
    with listening(204) as (url, got):
        assert await deliver(MADE, [WebhookSink(url)]) == []
    assert got == [(f"{MADE.name}{HEADS}", b"heads"), (f"{MADE.name}{NOTE}", b"note")]


async def test_a_webhook_that_refuses_is_told_of() -> None:
    with listening(500) as (url, _):
        [failed] = await deliver(MADE, [WebhookSink(url)])
    assert "500" in str(failed)


async def test_every_checkpoint_goes_to_the_folder_and_to_the_address_that_are_set(
    database_url: str, tmp_path: Path
) -> None:
    database, ring = await connect(database_url, role="tannha_service"), KeyRing.make(tmp_path / "keys")
    with listening(204) as (url, got):
        settings = config.read({"TANNHA_DATA": str(tmp_path), "TANNHA_CHECKPOINT_URL": url})
        await checkpoint(database, ring, system_clock, settings)
    await database.close()
    kept = {path.name: path.read_bytes() for path in settings.checkpoints.iterdir()}
    assert dict(got) == kept
    assert len(got) == 2


def test_an_address_of_anything_but_the_web_is_refused_at_the_start() -> None:
    with pytest.raises(config.BadSetting, match="TANNHA_CHECKPOINT_URL"):
        config.read({"TANNHA_CHECKPOINT_URL": "file:///etc/passwd"})


def test_a_webhook_is_an_address_of_the_web() -> None:
    with pytest.raises(ValueError, match="no address"):
        WebhookSink("file:///etc/passwd")
