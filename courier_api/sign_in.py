"""A phone is let in, signs in, stays signed in and signs out.

Sign-in and refresh carry a proof by the phone's key (`DPoP`, RFC 9449) without an access token; every other request of
a phone carries `Authorization: DPoP <access_token>` and a proof with `ath`.
"""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, post
from litestar.datastructures import CacheControlHeader
from litestar.di import NamedDependency
from litestar.params import Body

from backend.database import Transaction
from backend.keys import PublicKey, Purpose
from backend.staff import device_sign_in, enrolment, lending
from backend.staff.device_sign_in import SignedIn, Stolen
from backend.staff.entrance import Entrance
from backend.staff.errors import RefreshFromAnotherKey
from backend.staff.guards import Phone, entrance_of, offer_nonce, prove
from backend.staff.jwk import JsonWebKey, from_base64url, jwk
from backend.staff.model import ACCESS_LASTS, Carrier

Base64Url = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9_-]*$", max_length=400)]
Short = Annotated[str, msgspec.Meta(max_length=100)]


class Enrol(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`code`: the text of the QR, or its 26 characters typed in. `proof`: ES256, `r || s`, over the text of the QR."""

    code: Short
    public_key: JsonWebKey
    proof: Base64Url


class Borrow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`code`: eight digits, as read out. `public_key`: a new one; `proof`: ES256, `r || s`, by it over `TANNHA:LEND:`
    and the digits."""

    code: Short
    public_key: JsonWebKey
    proof: Base64Url


class SignIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    account: Short
    password: Annotated[str, msgspec.Meta(max_length=512)]


class Refresh(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    refresh_token: Base64Url


class PersonOnPhone(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    name: str
    badge: str


class DatedKey(msgspec.Struct, frozen=True, kw_only=True):
    """A public key of the centre. Labels made in its time stay valid; seal for the one valid now."""

    id: UUID
    valid_from: datetime
    valid_to: datetime | None
    jwk: JsonWebKey


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """What a phone keeps. `expires_in`: seconds the access token lasts; `refresh_token` replaces the one before."""

    device: UUID
    unit: UUID
    person: PersonOnPhone
    session: UUID
    next_seq: int
    server_time: datetime
    access_token: str
    token_type: str = "DPoP"  # noqa: S105
    expires_in: int = int(ACCESS_LASTS.total_seconds())
    refresh_token: str
    seal_keys: list[DatedKey]
    label_keys: list[DatedKey]


class PhoneSignIn(Controller):
    """Letting a phone in, and keeping it signed in."""

    path = "/api/courier"
    tags = ("sign-in",)
    cache_control = CacheControlHeader(no_store=True)

    @post("/enrol", operation_id="enrol", opt={"public": True})
    async def enrol(
        self, request: Request[Any, Any, Any], data: Annotated[Enrol, Body()], tx: NamedDependency[Transaction]
    ) -> Session:
        """Lets this phone in with a one-time code and signs it in. A lost answer is given again for a day."""
        entrance = entrance_of(request)
        at = entrance.clock()
        offer_nonce(request)
        found = await enrolment.enrol(
            tx,
            entrance.ring,
            code=data.code,
            key=data.public_key,
            proof=_bytes(data.proof),
            at=at,
            record=entrance.record,
        )
        return _session(entrance, found, at)

    @post("/borrow", operation_id="borrow", opt={"public": True})
    async def borrow(self, request: Request[Any, Any, Any], data: Annotated[Borrow, Body()]) -> Session:
        """Makes this spare phone another courier's for the rest of the day, under a new key, with a code read out."""
        entrance = entrance_of(request)
        proven, _ = prove(request)
        at = entrance.clock()
        found = await lending.borrow(
            entrance.service,
            entrance.ring,
            code=data.code,
            key=data.public_key,
            proof=_bytes(data.proof),
            spare=proven.thumbprint,
            at=at,
            record=entrance.record,
        )
        return _session(entrance, found, at)

    @post("/sign-in", operation_id="sign_in", opt={"public": True})
    async def sign_in(self, request: Request[Any, Any, Any], data: Annotated[SignIn, Body()]) -> Session:
        """Opens a new session on an enrolled phone; any older one of the phone ends."""
        entrance = entrance_of(request)
        proven, _ = prove(request)
        at = entrance.clock()
        found = await device_sign_in.sign_in(
            entrance.service,
            entrance.ring,
            account=data.account,
            password=data.password,
            thumbprint=proven.thumbprint,
            at=at,
        )
        return _session(entrance, found, at)

    @post("/refresh", operation_id="refresh", opt={"public": True})
    async def refresh(self, request: Request[Any, Any, Any], data: Annotated[Refresh, Body()]) -> Session:
        """The next access and refresh token. The token before the last gives the same answer again for a day."""
        entrance = entrance_of(request)
        proven, _ = prove(request)
        at = entrance.clock()
        async with entrance.service.transaction() as tx:
            found = await device_sign_in.refresh(
                tx, entrance.ring, token=data.refresh_token, thumbprint=proven.thumbprint, at=at
            )
        if isinstance(found, Stolen):
            raise RefreshFromAnotherKey
        return _session(entrance, found, at)

    @post("/sign-out", operation_id="sign_out", guards=[Phone()], status_code=204)
    async def sign_out(
        self, request: Request[Any, Any, Any], carrier: NamedDependency[Carrier], tx: NamedDependency[Transaction]
    ) -> None:
        """Ends this session. What the phone has not sent stays on it, sealed."""
        await device_sign_in.sign_out(tx, carrier, at=entrance_of(request).clock())


def _bytes(text: str) -> bytes:
    """Of a signature; empty when it is none, which no key has signed."""
    try:
        return from_base64url(text)
    except ValueError:
        return b""


def _session(entrance: Entrance, found: SignedIn, at: datetime) -> Session:
    published = entrance.ring.public()
    return Session(
        device=found.device.id,
        unit=found.device.unit_id,
        person=PersonOnPhone(id=found.person.id, name=found.person.name, badge=found.person.badge),
        session=found.session.id,
        next_seq=found.device.next_seq,
        server_time=at,
        access_token=found.access_token,
        refresh_token=found.refresh_token,
        seal_keys=[_dated(key) for key in published if key.purpose is Purpose.SEAL],
        label_keys=[_dated(key) for key in published if key.purpose is Purpose.LABEL],
    )


def _dated(key: PublicKey) -> DatedKey:
    return DatedKey(id=key.id, valid_from=key.valid_from, valid_to=key.valid_to, jwk=jwk(key.point))
