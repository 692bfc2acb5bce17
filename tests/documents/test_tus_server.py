"""The upload server, held against the strict checks of tus 1.0.0."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.documents.conftest import StartReceiving

CHECKS = Path(__file__).parents[3] / "shared" / "sketches" / "tus_checks.py"


@pytest.mark.skipif(not CHECKS.exists(), reason="the shared checks are not on this machine")
def test_all_strict_checks_of_tus_pass(start_receiving: StartReceiving):
    server = start_receiving()
    told = subprocess.run(  # noqa: S603
        [sys.executable, str(CHECKS), f"{server.url}/api/courier/files/"],
        capture_output=True, text=True, timeout=120, check=True,
    ).stdout  # fmt: skip
    counted = re.search(r"(\d+) ok, (\d+) not", told)
    assert counted is not None
    assert (int(counted[1]), int(counted[2])) == (57, 0), told
