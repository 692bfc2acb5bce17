"""Signed notes (C2SP signed-note) and the checkpoint in one (C2SP tlog-checkpoint). Pure; shared with the verifier.

A note is a text, an empty line, and signature lines `— name base64(key id || signature)`. Signature type 0x02: ECDSA on
P-256 with SHA-256, ASN.1; the key id is the beginning of the SHA-256 of the public key's SPKI.
"""

import base64
import binascii
import hashlib
from datetime import UTC, datetime

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

MOST_BYTES = 64 * 1024
_DASH = "\u2014"
_KEY_ID_BYTES = 4
_LONGEST_SIZE = 18


class NotANote(ValueError):
    """Bytes that are no signed note, or no checkpoint in one."""


class Signature(msgspec.Struct, frozen=True):
    """One line below a note."""

    name: str
    key_id: bytes
    signature: bytes


class Note(msgspec.Struct, frozen=True):
    """`text` ends with a line end; that is what the signatures cover."""

    text: str
    signatures: tuple[Signature, ...]


class Checkpoint(msgspec.Struct, frozen=True, kw_only=True):
    """All chains at one moment: `size` heads under `root` (32 bytes). `origin` names the installation and its epoch."""

    origin: str
    size: int
    root: bytes
    made_at: datetime


def key_id(key: ec.EllipticCurvePublicKey) -> bytes:
    spki = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(spki).digest()[:_KEY_ID_BYTES]


def signed(text: str, name: str, key: ec.EllipticCurvePrivateKey) -> bytes:
    """The note. Raises NotANote for a text or name that could not be read back."""
    signature = key_id(key.public_key()) + key.sign(text.encode(), ec.ECDSA(SHA256()))
    data = f"{text}\n{_DASH} {name} {base64.b64encode(signature).decode()}\n".encode()
    if read(data).text != text:
        raise NotANote("the text cannot stand in a note")
    return data


def read(data: bytes) -> Note:
    """Raises NotANote. Signatures are not checked: that is `is_signed`."""
    try:
        whole = data.decode() if len(data) <= MOST_BYTES else ""
    except UnicodeDecodeError as broken:
        raise NotANote(str(broken)) from broken
    text, separator, lines = whole.rpartition("\n\n")
    control = any(character < " " and character != "\n" for character in whole)
    if not separator or not text or not lines.endswith("\n") or control:
        raise NotANote("no text with signatures below an empty line")
    return Note(text + "\n", tuple(_signature(line) for line in lines[:-1].split("\n")))


def _signature(line: str) -> Signature:
    try:
        dash, name, encoded = line.split(" ")
        value = base64.b64decode(encoded, validate=True)
    except (ValueError, binascii.Error) as broken:
        raise NotANote("a line below is no signature") from broken
    if dash != _DASH or not name or "+" in name or len(value) <= _KEY_ID_BYTES:
        raise NotANote("a line below is no signature")
    if base64.b64encode(value).decode() != encoded:  # unused bits of the last letter: one signature has one writing
        raise NotANote("a line below is no signature")
    return Signature(name, value[:_KEY_ID_BYTES], value[_KEY_ID_BYTES:])


def is_signed(note: Note, name: str, key: ec.EllipticCurvePublicKey) -> bool:
    """Whether this key signed the text under this name. Lines of other keys are passed over."""
    mine = key_id(key)
    for signature in note.signatures:
        if signature.name == name and signature.key_id == mine:
            try:
                key.verify(signature.signature, note.text.encode(), ec.ECDSA(SHA256()))
            except InvalidSignature:
                return False
            return True
    return False


def checkpoint_text(checkpoint: Checkpoint) -> str:
    """Origin, size, root, and as an extension line when it was made."""
    made_at = checkpoint.made_at.astimezone(UTC).isoformat(timespec="microseconds")
    return f"{checkpoint.origin}\n{checkpoint.size}\n{base64.b64encode(checkpoint.root).decode()}\nmade-at {made_at}\n"


def read_checkpoint(note: Note) -> Checkpoint:
    """Raises NotANote."""
    try:
        origin, size, root, made_at = note.text[:-1].split("\n")
        word, _, instant = made_at.partition(" ")
        checkpoint = Checkpoint(
            origin=origin,
            size=int(size[:_LONGEST_SIZE]),
            root=base64.b64decode(root, validate=True),
            made_at=datetime.fromisoformat(instant),
        )
    except (ValueError, binascii.Error) as broken:
        raise NotANote("no checkpoint in the note") from broken
    if word != "made-at" or checkpoint.made_at.tzinfo is None or checkpoint_text(checkpoint) != note.text:
        raise NotANote("no checkpoint in the note")
    return checkpoint
