"""What is pushed is sealed as the standard has it, and goes to listed services and to nobody else."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from backend.notices.push_model import Browser, Services, origin
from backend.notices.push_sealing import can_seal, sealed
from tests.notices.push_service import ABrowser, unpadded

# RFC 8291, appendix A.
PLAIN = b"When I grow up, I want to be a watermelon"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
RECEIVER = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
POINT = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH, SALT = "BTBZMqHH6r4Tts7J_aSIgg", "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_y"
    "l95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def private(text: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(unpadded(text), "big"), ec.SECP256R1())


def test_the_example_of_the_standard_is_sealed_to_the_byte() -> None:
    browser = Browser("https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV", unpadded(POINT), unpadded(AUTH))
    body = sealed(browser, PLAIN, key=private(SENDER), salt=unpadded(SALT))
    assert ABrowser(browser.endpoint, private(RECEIVER), unpadded(AUTH)).opened(body) == PLAIN
    assert body == unpadded(BODY)


def test_two_messages_of_the_same_words_do_not_look_alike() -> None:
    browser = ABrowser("https://push.example.net/push/one")
    one, other = (sealed(browser.given, PLAIN) for _ in range(2))
    assert browser.opened(one) == browser.opened(other) == PLAIN
    assert not {one[:16], one[21:86], one[86:]} & {other[:16], other[21:86], other[86:]}


@pytest.mark.parametrize(
    ("point", "auth", "can"),
    [
        (unpadded(POINT), bytes(16), True),
        (unpadded(POINT), bytes(15), False),
        (unpadded(POINT)[:-1] + b"x", bytes(16), False),
        (b"\4" + bytes(64), bytes(16), False),
        (b"\2" + unpadded(POINT)[1:33], bytes(16), False),
        (b"", b"", False),
    ],
)
def test_keys_that_seal_nothing_are_seen(point: bytes, auth: bytes, can: bool) -> None:
    assert can_seal(Browser("https://push.example.net/", point, auth)) == can


LISTED = Services.read("fcm.googleapis.com *.push.apple.com http://127.0.0.1:8091")


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc:APA91b",
        "https://web.push.apple.com/QGuQyavXutnMH",
        "https://a.b.push.apple.com/x?y=z",
        "http://127.0.0.1:8091/push/one",
    ],
)
def test_a_listed_push_service_is_called(endpoint: str) -> None:
    assert LISTED.takes(endpoint)
    assert endpoint.startswith(f"{origin(endpoint)}/")
    assert not Services.read("none").takes(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x",  # not over TLS
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evil.example/fcm.googleapis.com/x",
        "https://fcm.googleapis.com@evil.example/x",
        "https://evil.example#@fcm.googleapis.com/x",
        "https://evil.example\\@fcm.googleapis.com/x",
        "https://fcm.googleapis.com\\@evil.example/x",
        "https://x.fcm.googleapis.com/x",
        "https://push.apple.com/x",
        "https://evilpush.apple.com/x",
        "https://push.apple.com.evil.example/x",
        "https://FCM.googleapis.com/x",
        "https://fcm.googleapis.com./x",
        "https://fcm.googleapis.com/x y",
        "https://fcm.googleapis.com/x\r\nHost: evil.example",
        "https://fcm.googleapis.com/x#y",
        "https://fcm.googleapis.com/x\n",
        "https://fcm.googleapis.com/" + "x" * 1000,
        "https://127.0.0.1:8091/push/one",
        "http://127.0.0.1:8092/push/one",
        "http://127.0.0.1/push/one",
        "http://127.0.0.1:80910/push/one",
        "http://localhost:8091/push/one",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/x",
        "https://10.0.0.1/x",
        "file:///etc/passwd",
        "ftp://fcm.googleapis.com/x",
        "//fcm.googleapis.com/x",
        "",
    ],
)
def test_nobody_else_is_ever_called(endpoint: str) -> None:
    assert not LISTED.takes(endpoint)
