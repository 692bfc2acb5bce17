"""Everything the courier API describes, and much it does not, for as long as one likes: 0 server errors.

`python -m tests.bench.fuzzing [--minutes 10] [--seed 1]`
"""

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path

from backend import migrate, postgres
from backend.keys import KeyRing
from tests.bench.machine import described
from tests.builders_ground import furnish
from tests.builders_served import served
from tests.courier_api.fuzzing import fuzz


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tannha-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o711)
        ring = KeyRing.make(folder / "keys")
        with postgres.start(folder / "data") as server:
            asyncio.run(migrate.bootstrap(server.dsn("postgres"), "template"))
            asyncio.run(migrate.migrate(server.dsn("template", "tannha_owner")))
            ground = asyncio.run(furnish(server, "template", ring))
            phones = ground.furnished.tu_phone, ground.furnished.phone
            with served(server.dsn(ground.name, "tannha_app"), folder, ring) as base:
                options = [f"--max-time={int(asked.minutes * 60)}", f"--seed={asked.seed}", "--max-examples=200"]
                status, said, report = fuzz(base, ring, *phones, folder / "report.json", *options)
    sys.stdout.write(f"{described()}\n{said}\n{json.dumps(report.get('test_cases'))}\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
