"""One process of several that run sequences: opens its place once and closes it when the process ends."""

import contextlib
from multiprocessing import util

from tests.conftest import short_folder
from tests.model.place import Place, alone
from tests.model.running import Ran, run

_opened: list[Place] = []


def open_place() -> None:
    stack = contextlib.ExitStack()
    _opened.append(stack.enter_context(alone(stack.enter_context(short_folder()))))
    util.Finalize(None, stack.close, exitpriority=10)


def part(task: tuple[int, int, bool]) -> Ran:
    """(seed, sequences, whether to look for the shortest failure)"""
    start, sequences, shrink = task
    return run(_opened[0], sequences=sequences, start=start, shrink=shrink)
