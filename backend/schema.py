"""The schema after the last migration as one text, `migrations/schema.sql`: to read, and to see what changes."""

import asyncio
import re
import subprocess
import tempfile
from pathlib import Path

from backend import migrate, postgres

_HEAD = "-- The schema after the last migration. Made by `tannha schema`; not to be edited.\n\n"
_UNSTABLE = re.compile(r"^(SET |SELECT pg_catalog\.set_config|--( Dumped .*)?$|\\(un)?restrict )")
"""Lines that differ from one PostgreSQL or one run to the next, and headings without words."""


def dump() -> str:
    """Migrates a throw-away server and writes its schema down. To be called from the main thread."""
    with tempfile.TemporaryDirectory(prefix="tannha-schema-") as folder:
        Path(folder).chmod(0o711)
        with postgres.start(Path(folder) / "data") as server:
            asyncio.run(migrate.bootstrap(server.dsn("postgres")))
            asyncio.run(migrate.migrate(server.dsn(user="tannha_owner")))
            command = [server.binaries / "pg_dump", "--schema-only", "--no-owner", server.dsn()]
            dumped = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    lines = [line for line in dumped.splitlines() if not _UNSTABLE.match(line)]
    return _HEAD + re.sub(r"\n{3,}", "\n\n", "\n".join(lines).strip()) + "\n"
