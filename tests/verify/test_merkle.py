"""The tree over all chain heads, its list as a file, and signed notes."""

import gzip
import hashlib
import io
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from backend.acts import note
from backend.acts.merkle import Head, HeadsWriter, NotHeads, Tree, leaf, read_heads
from backend.acts.note import Checkpoint, NotANote

AT = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)


def heads(count: int) -> list[Head]:
    return [
        Head("case", UUID(int=number), number, hashlib.sha256(b"%d" % number).digest())
        for number in range(1, count + 1)
    ]


def by_definition(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1, as it is written there."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    left, right = by_definition(leaves[:split]), by_definition(leaves[split:])
    return hashlib.sha256(b"\1" + left + right).digest()


@pytest.mark.parametrize("count", [*range(18), 31, 32, 33, 100])
def test_the_root_is_the_one_of_rfc_6962(count: int) -> None:
    tree = Tree()
    for head in heads(count):
        tree.add(head)
    assert (tree.size, tree.root()) == (count, by_definition([leaf(head) for head in heads(count)]))


def test_heads_out_of_order_or_twice_are_refused() -> None:
    one, two = heads(2)
    for wrong in ((two, one), (one, one)):
        tree = Tree()
        tree.add(wrong[0])
        with pytest.raises(NotHeads):
            tree.add(wrong[1])


def test_the_list_of_heads_reads_back_and_is_the_same_bytes_each_time() -> None:
    written = [_written(heads(100)) for _ in range(2)]
    assert written[0] == written[1]
    assert list(read_heads(io.BytesIO(written[0]))) == heads(100)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-20],
        lambda data: data[:40] + b"\0" + data[41:],
        lambda _: b"no gzip",
        lambda _: gzip.compress(b"case not-an-id 1 00\n"),
        lambda _: gzip.compress(f"case {UUID(int=1)} 1 00ff\n".encode()),
        lambda _: gzip.compress(f"case {UUID(int=1)} 0 {'00' * 32}\n".encode()),
    ],
)
def test_a_damaged_list_is_refused(damage: Callable[[bytes], bytes]) -> None:
    with pytest.raises(NotHeads):
        list(read_heads(io.BytesIO(damage(_written(heads(100))))))


def _written(found: list[Head]) -> bytes:
    out = io.BytesIO()
    writer = HeadsWriter(out)
    for head in found:
        writer.add(head)
    writer.close()
    return out.getvalue()


def test_a_checkpoint_reads_back_from_its_note_and_knows_its_signer() -> None:
    key, other = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    checkpoint = Checkpoint(origin="tannha/test", size=3, root=bytes(32), made_at=AT)
    signed = note.read(note.signed(note.checkpoint_text(checkpoint), checkpoint.origin, key))
    assert note.read_checkpoint(signed) == checkpoint
    assert note.is_signed(signed, "tannha/test", key.public_key())
    assert not note.is_signed(signed, "tannha/test", other.public_key())
    assert not note.is_signed(signed, "tannha/other", key.public_key())


@pytest.mark.parametrize("padding", [0, 1, 2])
def test_a_note_changed_in_any_bit_is_not_signed(padding: int) -> None:
    """Whatever the padding of the signature is: its unused bits are a change too."""
    key = ec.generate_private_key(ec.SECP256R1())
    checkpoint = Checkpoint(origin="tannha/test", size=3, root=bytes(32), made_at=AT)
    data = b""
    while data.count(b"=", -4) != padding:  # the length of an ASN.1 signature differs from one to the next
        data = note.signed(note.checkpoint_text(checkpoint), checkpoint.origin, key)
    for bit in range(8 * len(data)):
        place = bit // 8
        changed = data[:place] + bytes([data[place] ^ (1 << bit % 8)]) + data[place + 1 :]
        try:
            read = note.read(changed)
        except NotANote:
            continue
        assert not note.is_signed(read, "tannha/test", key.public_key()), place


@pytest.mark.parametrize("text", ["", "no line end", "a\tcontrol\n", "two\n\nparts"])
def test_a_text_that_cannot_stand_in_a_note_is_refused(text: str) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    with pytest.raises(NotANote):
        note.signed(text, "tannha/test", key)


@pytest.mark.parametrize(
    "text", ["tannha\n", "tannha\nx\nAAAA\nmade-at y\n", "tannha\n03\nAAAA\nmade-at 2026-11-25T01:00:00+00:00\n"]
)
def test_a_signed_text_that_is_no_checkpoint_is_refused(text: str) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    with pytest.raises(NotANote):
        note.read_checkpoint(note.read(note.signed(text, "tannha", key)))
