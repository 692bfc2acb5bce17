"""A Merkle tree over the heads of all chains. Pure; shared with the verifier, so it imports nothing of the project.

Hashes as RFC 6962, section 2.1: a leaf is SHA-256(0x00 || leaf), a node SHA-256(0x01 || left || right), the left side
of a node is the largest power of two, and the root over nothing is the SHA-256 of nothing. Leaves stand in order of
(kind, id), so the same heads give the same root wherever it is computed.
"""

import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO
from uuid import UUID

import msgspec

HASH_BYTES = 32


class NotHeads(ValueError):
    """Bytes that are no list of heads."""


class Head(msgspec.Struct, frozen=True):
    """The last act of one chain: its number and its hash, 32 bytes."""

    kind: str
    id: UUID
    n: int
    head: bytes

    @property
    def order(self) -> tuple[str, bytes]:
        """Where the leaf stands in the tree."""
        return self.kind, self.id.bytes


def leaf(head: Head) -> bytes:
    """The hash of one leaf. A NUL ends the kind and all else has one length: no two heads share their bytes."""
    return hashlib.sha256(
        b"\0" + head.kind.encode() + b"\0" + head.id.bytes + head.n.to_bytes(8, "big") + head.head
    ).digest()


class Tree:
    """The tree as it grows: it keeps one hash for each bit of its size."""

    def __init__(self) -> None:
        self.size = 0
        self._full: list[bytes] = []
        self._last = ("", b"")

    def add(self, head: Head) -> None:
        """Raises NotHeads for a head that does not come after the one before."""
        if self.size and head.order <= self._last:
            raise NotHeads(f"{head.kind} {head.id} is out of order")
        self._last, self.size = head.order, self.size + 1
        node = leaf(head)
        # A new leaf closes as many subtrees as the size has zeros at its end.
        for _ in range((self.size & -self.size).bit_length() - 1):
            node = _node(self._full.pop(), node)
        self._full.append(node)

    def root(self) -> bytes:
        """32 bytes."""
        if not self._full:
            return hashlib.sha256().digest()
        *rest, above = self._full
        for left in reversed(rest):
            above = _node(left, above)
        return above


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


class HeadsWriter:
    """The list of heads as a file: gzip, one line `kind id n head` each. The same heads give the same bytes."""

    def __init__(self, out: BinaryIO) -> None:
        self._zip = gzip.GzipFile(filename="", mode="wb", fileobj=out, compresslevel=1, mtime=0)

    def add(self, head: Head) -> None:
        self._zip.write(f"{head.kind} {head.id} {head.n} {head.head.hex()}\n".encode())

    def close(self) -> None:
        """`out` stays open."""
        self._zip.close()


def read_heads(file: BinaryIO) -> Iterator[Head]:
    """Streams the list back. Raises NotHeads for anything that the writer would not have written."""
    try:
        for line in io.TextIOWrapper(gzip.GzipFile(fileobj=file), encoding="ascii", newline="\n"):
            kind, id_, n, head = line.rstrip("\n").split(" ")
            found = Head(kind, UUID(id_), int(n), bytes.fromhex(head))
            if len(found.head) != HASH_BYTES or found.n < 1:
                raise NotHeads(line[:120])
            yield found
    except (OSError, EOFError, ValueError, zlib.error) as broken:
        raise broken if isinstance(broken, NotHeads) else NotHeads(str(broken)) from broken
