"""Ids and dice of one run: the same seed throws the same dice, the same run and seed give the same ids."""

import hashlib
from random import Random
from uuid import UUID


class Naming:
    """`run`: milliseconds since 1970, so that ids are UUIDv7 (RFC 9562) and two runs on one server never meet."""

    def __init__(self, seed: int, run: int) -> None:
        self.seed = seed
        self.run = run

    def id(self, *what: object) -> UUID:
        """The id of a thing of this run: the same words, the same id."""
        said = "\x1f".join(map(str, (self.seed, self.run, *what)))
        value = int.from_bytes(hashlib.sha256(said.encode()).digest()[:16], "big")
        value &= ~(0xFFFF_FFFF_FFFF << 80 | 0xF << 76 | 0b11 << 62)
        return UUID(int=value | (self.run & 0xFFFF_FFFF_FFFF) << 80 | 0x7 << 76 | 0b10 << 62)

    def dice(self, *what: object) -> Random:
        return dice(self.seed, *what)


def dice(seed: int, *what: object) -> Random:
    """Chance that repeats itself: each question has dice of its own, whatever was asked before."""
    return Random("\x1f".join(map(str, (seed, *what))))  # noqa: S311  (nothing secret is thrown)
