"""The capped worker: a process of its own that opens what was received, one file after another.

Asked and answering through its standard input and output, it needs no file, no database, no network and no lasting
key: for a sealed file it is given the key of that one file. It ends with its input, that is with who started it.
"""

import contextlib
import hashlib
import os
import resource
import sys
from typing import BinaryIO

import msgspec
from PIL import Image

from backend.documents.images import MOST_PIXELS, BadFile, clean, kind_of
from backend.documents.model import LARGEST_FILE, BadReason
from backend.documents.sealing import OVERHEAD_BYTES, NotSealed, open_with
from backend.sealing import CannotOpen

MEMORY = 1024**3
CPU_SECONDS = 15
LARGEST_STROKES = 1024 * 1024
LENGTH_BYTES = 4


class Given(msgspec.Struct, frozen=True):
    """Bytes as received, and the file key if they are sealed."""

    data: bytes
    key: bytes | None = None


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """`reason` None: good. `plain_sha256`: of what was inside, once it could be seen. `jpeg`: the clean master.

    The strokes of a signature (JSON) have no picture: then width, height and `jpeg` are empty.
    """

    reason: BadReason | None = None
    plain_sha256: bytes | None = None
    jpeg: bytes = b""
    width: int = 0
    height: int = 0


def open_file(given: Given) -> Outcome:
    """Never raises for what is in the file."""
    plain_sha256 = None
    try:
        plain = _unsealed(given)
        plain_sha256 = hashlib.sha256(plain).digest()
        if kind_of(plain) is None and _are_strokes(plain):
            return Outcome(plain_sha256=plain_sha256)
        picture = clean(plain)
    except BadFile as bad:
        return Outcome(reason=bad.reason, plain_sha256=plain_sha256)
    except MemoryError:
        return Outcome(reason=BadReason.TOO_MUCH_MEMORY, plain_sha256=plain_sha256)
    except Exception:
        return Outcome(reason=BadReason.DAMAGED, plain_sha256=plain_sha256)
    return Outcome(plain_sha256=plain_sha256, jpeg=picture.jpeg, width=picture.width, height=picture.height)


def _unsealed(given: Given) -> bytes:
    room = LARGEST_FILE + (OVERHEAD_BYTES if given.key is not None else 0)
    if len(given.data) > room:
        raise BadFile(BadReason.TOO_LARGE)
    if given.key is None:
        return given.data
    try:
        return open_with(given.key, given.data)
    except NotSealed as not_sealed:
        raise BadFile(BadReason.NOT_SEALED) from not_sealed
    except CannotOpen as broken:
        raise BadFile(BadReason.CANNOT_UNSEAL) from broken


def _are_strokes(plain: bytes) -> bool:
    """A signature's strokes: JSON of bounded size. Only its shape is looked at here."""
    if len(plain) > LARGEST_STROKES or plain[:1] not in (b"{", b"["):
        return False
    try:
        msgspec.json.decode(plain)
    except (msgspec.DecodeError, RecursionError):
        return False
    return True


def read_frame(stream: BinaryIO) -> bytes | None:
    """None at the end of the input."""
    head = stream.read(LENGTH_BYTES)
    return stream.read(int.from_bytes(head)) if len(head) == LENGTH_BYTES else None


def frame(message: msgspec.Struct) -> bytes:
    body = msgspec.msgpack.encode(message)
    return len(body).to_bytes(LENGTH_BYTES) + body


def _cap() -> None:
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    for kind, limit in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 32),
    ):
        # Not every system knows every limit; the wall clock of the parent holds everywhere.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, limit))


def _allow_cpu() -> None:
    """So much processor time for the next file; past it the kernel ends this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + CPU_SECONDS, most))


def main() -> None:
    incoming = os.fdopen(os.dup(0), "rb")
    outgoing = os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not be taken for an answer.
    os.dup2(2, 1)
    _cap()
    while (message := read_frame(incoming)) is not None:
        _allow_cpu()
        outcome = open_file(msgspec.msgpack.decode(message, type=Given))
        del message
        outgoing.write(frame(outcome))
        outgoing.flush()
        if outcome.reason is BadReason.TOO_MUCH_MEMORY:
            sys.exit()


if __name__ == "__main__":
    main()
