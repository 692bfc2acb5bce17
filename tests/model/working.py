"""One process of several that run sequences: opens its places once and closes them when the process ends."""

import contextlib
from multiprocessing import util

from tests.conftest import short_folder
from tests.model.running import Places, Ran, alone, run

_opened: list[Places] = []


def open_place() -> None:
    stack = contextlib.ExitStack()
    _opened.append(stack.enter_context(alone(stack.enter_context(short_folder()))))
    util.Finalize(None, stack.close, exitpriority=10)


def part(task: tuple[int, int, bool, bool]) -> Ran:
    """(seed, sequences, whether to look for the shortest failure, whether at the door)"""
    start, sequences, shrink, door = task
    return run(_opened[0], sequences=sequences, start=start, shrink=shrink, door=door)
