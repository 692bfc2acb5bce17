"""What is next: whether an act would take effect now, asked of the same rules and effects that decide it.

Nothing is written and no row is locked, so the answer may be old when the act comes: then the act is judged again.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from backend.acts import envelope
from backend.acts.envelope import Subject
from backend.acts.model import Act, Clocked, Source, Standing
from backend.acts.rules import current, load
from backend.database import Transaction
from backend.dossiers.tokens import TrackingToken
from backend.ids import uuid7
from backend.staff.model import Post
from backend.sync.decide import Deciding, decide
from backend.sync.doing import Doing
from backend.sync.loading import load_world


class Wish(msgspec.Struct, frozen=True):
    """An act on a case that somebody at a desk could make, with body and personal part as the form would send them."""

    case: UUID
    kind: str
    body: dict[str, Any]
    personal: dict[str, Any] | None = None


_NUMBERED = {"slip_number": "slip", "reference": "reference"}
_NUMBERS = _NUMBERED.keys()
_SALT = {"salt": "0" * 32}
"""Stands for what is drawn when somebody sends it."""


async def possible(
    tx: Transaction,
    wishes: Sequence[Wish],
    *,
    person: UUID,
    posts: frozenset[Post],
    at: datetime,
    in_review: Collection[UUID] = (),
) -> list[bool]:
    """Whether each would take effect, one for one and each by itself. `in_review`: cases with an act in review.

    `tx` under the role of the services. `posts`: what the person holds today.
    """
    rules = load(current())
    acts = [_act(wish, person, at) for wish in wishes]
    units = frozenset(post.unit_id for post in posts)
    world = await load_world(tx, acts, rules, (), ())
    for case in in_review:
        world.note("in_review", case)
    for wish, act in zip(wishes, acts, strict=True):
        if wish.body.get("proved_by") == "code":  # which the owner may read out
            world.note("owner_code", act.key)
        for number in _NUMBERS & wish.body.keys():  # which is given when it is sent
            world.note(_NUMBERED[number], (person, wish.body[number]))
    answers: list[bool] = []
    for act in acts:
        decided = decide(Deciding(Doing(world, act, act.subject[1], _no_token, units), rules, posts))
        world.undo()
        answers.append(decided.standing is Standing.APPLIED)
    return answers


def _act(wish: Wish, person: UUID, at: datetime) -> Act:
    personal = None if wish.personal is None else msgspec.json.encode(_SALT | wish.personal)
    data = envelope.write(
        made_by=person,
        id=uuid7(),
        actor=person,
        subject=Subject("case", wish.case),
        kind=wish.kind,
        rules=current(),
        base=2**31 - 1,  # nobody can have changed anything since
        occurred_at=at,
        body=wish.body,
        personal=personal,
    )
    return Act(
        envelope=envelope.read(data),
        source=Source.DESK,
        data=data,
        fingerprint=envelope.fingerprint(data),
        signature=None,
        personal=personal,
        carried_by=None,
        received_at=at,
        occurred_at=at,
        clock=Clocked.SERVER,
    )


def _no_token(case: UUID) -> TrackingToken:
    raise AssertionError(f"{case}: only a registration makes a token, and nobody asks whether one may register")
