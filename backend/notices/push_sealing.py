"""What is pushed, so that only the browser can read it, and the proof that it is we who send it. Pure."""

from typing import Any, cast

import http_ece  # pyright: ignore[reportMissingTypeStubs]
import msgspec
from cryptography.hazmat.primitives.asymmetric import ec

from backend.acts.envelope import sign
from backend.keys import Key
from backend.notices.push_model import Browser, Push, origin
from backend.staff.jwk import base64url

LENGTH = 256
"""Bytes of every message before it is sealed: whoever carries it does not tell one from another by its length."""
_HEADER = base64url(b'{"typ":"JWT","alg":"ES256"}')


def payload(push: Push) -> bytes:
    """JSON {text, topic}, filled up with spaces. Where it leads to the browser knows by itself: a link to the case is
    in no message."""
    return msgspec.json.encode({"text": push.text, "topic": push.topic}).ljust(LENGTH)


def sealed(
    browser: Browser, plain: bytes, *, key: ec.EllipticCurvePrivateKey | None = None, salt: bytes | None = None
) -> bytes:
    """RFC 8291: `aes128gcm`, one record. `key`, `salt`: used once, so made here, but for the example of the standard.

    Raises ValueError where `p256dh` is no point of the curve.
    """
    own = key or ec.generate_private_key(ec.SECP256R1())
    untyped = cast(Any, http_ece)
    return untyped.encrypt(plain, salt=salt, private_key=own, dh=browser.p256dh, auth_secret=browser.auth)


def can_seal(browser: Browser) -> bool:
    """Whether its keys are keys: what cannot be sealed cannot be sent."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), browser.p256dh)
    except ValueError:
        return False
    return len(browser.p256dh) == 65 and len(browser.auth) == 16


def authorization(key: Key, endpoint: str, until: int, contact: str | None) -> str:
    """The header of RFC 8292: a JWT for this push service alone, and the key that the browser subscribed to.

    `until`: seconds since 1970, at most a day from now. `contact`: how whoever runs the push service reaches us.
    """
    claims: dict[str, str | int] = {"aud": origin(endpoint), "exp": until}
    if contact is not None:
        claims["sub"] = contact
    signed = f"{_HEADER}.{base64url(msgspec.json.encode(claims))}"
    token = f"{signed}.{base64url(sign(key.private(), signed.encode()))}"
    return f"vapid t={token}, k={base64url(key.point())}"
