"""Conflicts (P4): an act of another source, after what this maker last pulled, set the same field to another value."""

import hashlib
from collections.abc import Sequence
from typing import Any

import msgspec

from backend.acts.model import Act, Touch
from backend.sync.world import World

_encoder = msgspec.json.Encoder(order="deterministic")
VALUES: dict[str, tuple[str, ...]] = {
    "appointment": ("day", "window", "seat"),
    "courier": ("courier",),
    "dossier_code": ("dossier_code",),
    "result_way": ("way",),
}
"""Which fields of a body are the value of a touched field. None of them is personal."""


def value_of(field: str, act: Act, body: Any) -> bytes:
    """SHA-256 of the value; of the whole personal part where the field is personal (its salt keeps it unguessable)."""
    if field in VALUES:
        return hashlib.sha256(_encoder.encode([getattr(body, name, None) for name in VALUES[field]])).digest()
    return hashlib.sha256(act.personal or b"").digest()


def touched_by_another(world: World, act: Act, body: Any, fields: Sequence[str]) -> bool:
    envelope = act.envelope
    return any(
        touch.n > envelope.base
        and touch.made_by != envelope.made_by
        and touch.value != value_of(touch.field, act, body)
        for field in fields
        for touch in world.touches_of(envelope.subject.id, field)
    )


def touches_made(act: Act, body: Any, fields: Sequence[str], n: int) -> list[Touch]:
    return [
        Touch(
            subject_kind=act.envelope.subject.kind,
            subject_id=act.envelope.subject.id,
            field=field,
            n=n,
            made_by=act.envelope.made_by,
            value=value_of(field, act, body),
        )
        for field in fields
    ]
