"""The HTTP side: a process that runs granian and its workers. Arguments: `backend.app:create` and who started it.

Workers are started by `spawn`: a forked one would inherit open files, among them the lock of the database.
"""

import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from backend import config, logs, processes


def load(target: str, main_process: int) -> Any:
    """The ASGI application of one worker, which dies with granian's main process. `target`: `module:factory`."""
    processes.die_with_parent(signal.SIGKILL, main_process)
    logs.configure(readable=config.read().demo)
    logs.say_uncaught()
    module, _, name = target.partition(":")
    factory: Callable[[], Any] = getattr(import_module(module), name)
    application = factory()
    # What stands now stays until the end, and a request leaves few cycles: looking for them takes a twentieth of it.
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    return application


def main(target: str, parent: int) -> None:
    """Serves until SIGTERM; then requests in flight get `TANNHA_STOP_SECONDS`."""
    processes.die_with_parent(signal.SIGKILL, parent)
    settings = config.read()
    logs.configure(readable=settings.demo)
    multiprocessing.set_start_method("spawn")
    server = Server(
        target,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        workers=settings.workers,
        respawn_failed_workers=True,
        workers_kill_timeout=settings.stop_seconds,
        log_level=LogLevels.warning,
        log_dictconfig=logs.GRANIAN,
    )
    server.serve(target_loader=partial(load, target, os.getpid()), wrap_loader=False)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
