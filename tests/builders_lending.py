"""A spare phone of the post, lent to Lan with Út's digits."""

from datetime import datetime
from uuid import UUID

from backend.database import Transaction
from backend.fees import queries as fees
from backend.staff import device_queries, lending
from backend.staff.jwk import JsonWebKey, point
from backend.staff.model import DeviceAct, Post, Role
from backend.sync import desk
from tests.builders import Field, Phone
from tests.builders_dpop import make_key, public_jwk


async def lent(field: Field, spare: UUID, at: datetime) -> Phone:
    """`spare`: a phone that is enrolled."""

    async def record(tx: Transaction, act: DeviceAct) -> None:
        await desk.record(tx, field.ring, act)
        await fees.give_slip_block(tx, act.device_id, 20)

    known, key = await device_queries.lock_device(field.tx, spare), make_key()
    posts, public = [Post(Role.DISPATCHER, field.post)], point(JsonWebKey(**public_jwk(key)))
    digits = await lending.make_code(
        field.tx, field.ring, posts=posts, made_by=field.ut, person=field.lan, unit=field.post, at=at
    )
    found = await lending.lend(field.tx, field.ring, known, digits=digits, public=public, at=at, record=record)
    return Phone(found.device.id, field.lan, key, found.session.id)
