"""Counts and times of all processes of the installation, for Prometheus.

Every process writes into files of its own in one folder (`PROMETHEUS_MULTIPROC_DIR`, made by the parent before any
process starts); whichever worker is asked adds them up. Labels are routes, kinds and codes: never a person's.
"""

import os
import sys
from collections import Counter as Tally
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_ROOM = 1 << 20
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


def _make_room() -> None:
    """This process's files, with their blocks on the disk: to write to a mapped page of a full one would kill us."""
    folder = os.environ.get(FOLDER)
    if folder is None or sys.platform != "linux":
        return
    for prefix in ("counter", "histogram", "gauge_livesum"):
        with (Path(folder) / f"{prefix}_{os.getpid()}.db").open("ab") as file:
            os.posix_fallocate(file.fileno(), 0, _ROOM)


# Before the first of them is made: the library maps its files as it finds them.
_make_room()
OURS = CollectorRegistry()
REQUESTS = Counter("tannha_requests", "Requests answered", ["method", "route", "kind", "status"], registry=OURS)
LATENCY = Histogram(
    "tannha_request_seconds", "Time to the last byte of the answer", ["route", "kind"], buckets=_SECONDS, registry=OURS
)
IN_FLIGHT = Gauge("tannha_in_flight", "Requests being answered", multiprocess_mode="livesum", registry=OURS)
SHED = Counter("tannha_shed", "Requests refused for lack of room or time", ["kind", "reason"], registry=OURS)
ACTS = Counter("tannha_acts", "Acts answered, by what became of them", ["act", "standing", "source"], registry=OURS)
FILES = Counter("tannha_files", "Files received: hashed, on the disk, recorded", registry=OURS)
FILE_BYTES = Counter("tannha_file_bytes", "Bytes of files received", registry=OURS)
POOL_WAIT = Histogram(
    "tannha_pool_wait_seconds", "Time until a database connection was free", buckets=_SECONDS, registry=OURS
)
POOL_REFUSED = Counter("tannha_pool_refused", "Waits for a connection that were given up", registry=OURS)
NOTICES = Counter(
    "tannha_notices", "Messages, by template and what became of them", ["template", "state"], registry=OURS
)
JOBS = Counter("tannha_jobs", "Jobs worked on, by what became of them", ["job", "outcome"], registry=OURS)


class Reading(NamedTuple):
    """One value as it stands now, read when somebody asks. `labels`: name and value."""

    name: str
    meaning: str
    value: float
    labels: Mapping[str, str] = {}


def prepare(data: Path) -> Path:
    """The parent, once, before any other process: an empty folder. What older processes counted is forgotten."""
    folder = data / "metrics"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for old in folder.glob("*.db"):
        old.unlink()
    return folder


def count_acts(source: str, outcomes: Iterable[tuple[str, str]]) -> None:
    """`outcomes`: kind and standing of each act answered."""
    for (act, standing), count in Tally(outcomes).items():
        ACTS.labels(act, standing, source).inc(count)


def exposition(readings: Sequence[Reading] = ()) -> bytes:
    """The text Prometheus reads: what all processes counted, then `readings`."""
    registry = OURS
    folder = os.environ.get(FOLDER)
    if folder is not None:
        _forget_dead(Path(folder))
        registry = CollectorRegistry()
        MultiProcessCollector(registry, folder)
    now = CollectorRegistry()
    now.register(_Readings(readings))
    return generate_latest(registry) + generate_latest(now)


class _Readings(Collector):
    def __init__(self, readings: Sequence[Reading]) -> None:
        self.readings = readings

    def collect(self) -> Iterable[GaugeMetricFamily]:
        families: dict[str, GaugeMetricFamily] = {}
        for reading in self.readings:
            names = list(reading.labels)
            family = families.setdefault(reading.name, GaugeMetricFamily(reading.name, reading.meaning, labels=names))
            family.add_metric([reading.labels[name] for name in names], reading.value)
        return families.values()


def _forget_dead(folder: Path) -> None:
    """A killed worker answers nothing any more: only what it counted stays."""
    for file in folder.glob("gauge_live*.db"):
        process = int(file.stem.rpartition("_")[2])
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            file.unlink(missing_ok=True)
        except PermissionError:
            continue
