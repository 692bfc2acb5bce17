"""schemathesis against the real server: what the description says, what it does not say, and rubbish."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from backend.keys import KeyRing, Purpose
from tests.builders import Phone
from tests.builders_app import NINE_THIRTY
from tests.builders_served import ROOT


def phone_told(phone: Phone) -> dict[str, str]:
    pem = phone.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return {
        "key": pem,
        "session": str(phone.session),
        "device": str(phone.device),
        "person": str(phone.person),
    }


def fuzz(
    base: str, ring: KeyRing, working: Phone, leaving: Phone, report: Path, *options: str
) -> tuple[int, str, dict[str, Any]]:
    """Exit status, what it printed, and its report. `leaving`: the phone that signs out."""
    told = {
        "base": base,
        "keys": str(ring.file(Purpose.SIGN).parent),
        "now": NINE_THIRTY,
        "working": phone_told(working),
        "leaving": phone_told(leaving),
    }
    command = [
        str(Path(sys.executable).with_name("schemathesis")),
        "--config-file",
        str(Path(__file__).with_name("schemathesis.toml")),
        "run",
        f"{base}/api/courier/openapi.json",
        "--report-json-path",
        str(report),
        *options,
    ]
    done = subprocess.run(  # noqa: S603
        command,
        cwd=ROOT,
        env={
            **os.environ,
            "PROVING": json.dumps(told),
            "SCHEMATHESIS_HOOKS": "tests.courier_api.proving",
            "PYTHONPATH": str(ROOT),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, json.loads(report.read_text()) if report.exists() else {}
