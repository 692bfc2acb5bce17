"""The doors of the application, over HTTP: who comes in, who is sent away, and with what answer."""

import dataclasses
from collections.abc import AsyncGenerator
from typing import Any
from uuid import UUID

import pytest
from litestar import Response

from backend.database import connect
from backend.keys import KeyRing
from backend.staff import enrolment, service
from backend.staff.guards import (
    FORM_FIELD,
    FORM_HEADER,
    desk_cookie,
    unguarded,
)
from backend.staff.model import Post, Role
from backend.staff.tokens import make_form_token
from tests.builders_dpop import make_key, make_proof, public_jwk
from tests.builders_http import URL, House, application, forgotten, slug, without_carrier
from tests.builders_staff import NOW, PASSWORD


@pytest.fixture
async def house(database_url: str, ring: KeyRing) -> AsyncGenerator[House]:
    database = await connect(database_url, role="tannha_service")
    made = House(database, ring)
    await made.furnish()
    yield made
    await made.http.aclose()
    await database.close()


async def test_a_phone_is_let_in_and_asks_for_its_day(house: House):
    key = make_key()
    held = await house.enrolled(key)
    assert held["person"]["name"] == "Nguyễn Thị Lan"
    assert (held["token_type"], held["expires_in"], held["next_seq"]) == ("DPoP", 900, 1)
    assert {name: [len(found["jwk"]) for found in held[name]] for name in ("seal_keys", "label_keys")} == {
        "seal_keys": [4],
        "label_keys": [4],
    }
    answer = await house.ask(key, "GET", "/api/courier/bundle?after=0", token=held["access_token"])
    assert answer.json() == {"person": str(house.courier)}
    assert answer.headers["Tannha-Time"] == "2026-11-23T01:00:00+00:00"
    assert "DPoP-Nonce" not in answer.headers
    assert [act.kind for act in house.record] == ["enrol_device"]


async def test_a_phone_without_a_nonce_is_given_one_with_the_refusal(house: House):
    key = make_key()
    held = await house.enrolled(key)
    proof = make_proof(key, "GET", URL + "/api/courier/bundle", at=NOW, access_token=held["access_token"])
    headers = {"DPoP": proof, "Authorization": f"DPoP {held['access_token']}"}
    answer = await house.http.get("/api/courier/bundle", headers=headers)
    assert (answer.status_code, slug(answer)) == (401, "nonce-needed")
    assert answer.headers["WWW-Authenticate"] == 'DPoP error="use_dpop_nonce", algs="ES256"'
    assert answer.headers["DPoP-Nonce"] == house.nonce
    assert answer.headers["Content-Type"] == "application/problem+json"


async def test_the_nonce_of_the_hour_before_is_accepted_and_replaced(house: House):
    house.clock.now = NOW.replace(minute=55)
    key = make_key()
    held = await house.enrolled(key)
    before = house.nonce
    house.clock.now = NOW.replace(hour=2, minute=5)
    proof = make_proof(
        key, "GET", URL + "/api/courier/bundle", at=house.clock.now, nonce=before, access_token=held["access_token"]
    )
    headers = {"DPoP": proof, "Authorization": f"DPoP {held['access_token']}"}
    answer = await house.http.get("/api/courier/bundle", headers=headers)
    assert answer.status_code == 200
    assert answer.headers["DPoP-Nonce"] not in ("", before)


async def test_without_a_public_address_the_host_of_the_request_counts(house: House):
    house.app.state["entrance"] = dataclasses.replace(house.app.state["entrance"], public_url=None)
    key = make_key()
    held = await house.enrolled(key)
    answer = await house.ask(key, "GET", "/api/courier/bundle", token=held["access_token"])
    assert answer.status_code == 200
    elsewhere = {"claims": {"htu": "https://evil.example/api/courier/bundle"}}
    answer = await house.ask(key, "GET", "/api/courier/bundle", token=held["access_token"], proof=elsewhere)
    assert slug(answer) == "proof-for-another-address"


WRONG_PROOFS: list[tuple[dict[str, Any], str]] = [
    ({"claims": {"htm": "POST"}}, "proof-for-another-method"),
    ({"claims": {"htu": URL + "/api/courier/acts"}}, "proof-for-another-address"),
    ({"claims": {"iat": 0}}, "proof-of-another-time"),
    ({"claims": {"ath": "A" * 43}}, "proof-of-another-token"),
    ({"header": {"typ": "JWT"}}, "proof-unreadable"),
    ({"header": {"jwk": {"kty": "EC", "crv": "P-521", "x": "", "y": ""}}}, "proof-key-refused"),
    ({"header": {"jwk": public_jwk(make_key())}}, "proof-of-another-key"),
]


async def test_each_wrong_proof_has_its_own_answer(house: House):
    key = make_key()
    held = await house.enrolled(key)
    for changed, refused in WRONG_PROOFS:
        answer = await house.ask(key, "GET", "/api/courier/bundle", token=held["access_token"], proof=changed)
        assert (answer.status_code, slug(answer)) == (401, refused)
        assert answer.headers["WWW-Authenticate"].startswith("DPoP error=")


async def test_a_token_without_proof_or_as_bearer_or_twice_is_refused(house: House):
    key = make_key()
    held = await house.enrolled(key)
    token = held["access_token"]
    proof = make_proof(key, "GET", URL + "/api/courier/bundle", at=NOW, nonce=house.nonce, access_token=token)
    for headers, refused in [
        ([], "access-missing"),
        ([("Authorization", f"DPoP {token}")], "proof-missing"),
        ([("Authorization", f"Bearer {token}"), ("DPoP", proof)], "access-missing"),
        ([("Authorization", f"DPoP {token}x"), ("DPoP", proof)], "access-unreadable"),
        ([("Authorization", f"DPoP {token}"), ("DPoP", proof), ("DPoP", proof)], "proof-unreadable"),
        ([("Authorization", f"DPoP {token}"), ("DPoP", "x" * 8_000)], "proof-unreadable"),
    ]:
        answer = await house.http.get("/api/courier/bundle", headers=headers)
        assert (answer.status_code, slug(answer)) == (401, refused)


async def test_an_access_token_lasts_fifteen_minutes_and_is_refreshed(house: House):
    key = make_key()
    held = await house.enrolled(key)
    house.clock.now = NOW.replace(minute=15)
    assert slug(await house.ask(key, "GET", "/api/courier/bundle", token=held["access_token"])) == "access-expired"
    body = {"refresh_token": held["refresh_token"]}
    answers = [await house.ask(key, "POST", "/api/courier/refresh", json=body) for _ in range(2)]
    assert answers[0].json()["refresh_token"] == answers[1].json()["refresh_token"] != held["refresh_token"]
    assert answers[0].headers["Cache-Control"] == "no-store"
    token = answers[0].json()["access_token"]
    assert (await house.ask(key, "GET", "/api/courier/bundle", token=token)).status_code == 200


async def test_a_refresh_from_another_key_is_refused_and_the_revocation_stays(house: House):
    key = make_key()
    held = await house.enrolled(key)
    body = {"refresh_token": held["refresh_token"]}
    assert slug(await house.ask(make_key(), "POST", "/api/courier/refresh", json=body)) == "refresh-from-another-key"
    assert slug(await house.ask(key, "POST", "/api/courier/refresh", json=body)) == "device-session-ended"
    assert (
        slug(await house.ask(key, "GET", "/api/courier/bundle", token=held["access_token"])) == "device-session-ended"
    )
    async with house.database.transaction() as tx:
        assert await tx.value("SELECT count(*) FROM security_alarms") == 1


async def test_a_phone_signs_out_and_in_again(house: House):
    key = make_key()
    held = await house.enrolled(key)
    answer = await house.ask(key, "POST", "/api/courier/sign-out", token=held["access_token"])
    assert (answer.status_code, answer.content) == (204, b"")
    assert (
        slug(await house.ask(key, "GET", "/api/courier/bundle", token=held["access_token"])) == "device-session-ended"
    )
    wrong = {"account": "lan", "password": "sai mật khẩu rồi"}
    assert slug(await house.ask(key, "POST", "/api/courier/sign-in", json=wrong)) == "wrong-password"
    right = {"account": "lan", "password": PASSWORD}
    again = await house.ask(key, "POST", "/api/courier/sign-in", json=right)
    assert again.json()["device"] == held["device"]
    token = again.json()["access_token"]
    assert (await house.ask(key, "GET", "/api/courier/bundle", token=token)).status_code == 200
    assert slug(await house.ask(make_key(), "POST", "/api/courier/sign-in", json=right)) == "device-not-enrolled"


async def test_a_revoked_phone_is_out_although_its_token_still_lasts(house: House):
    key = make_key()
    held = await house.enrolled(key)
    head = [Post(Role.HEAD_OF_POST, house.post)]
    async with house.database.transaction() as tx:
        await enrolment.revoke_device(tx, UUID(held["device"]), posts=head, by=house.head, at=NOW, record=house.record)
    answer = await house.ask(key, "GET", "/api/courier/bundle", token=held["access_token"])
    assert (answer.status_code, slug(answer)) == (401, "device-revoked")
    body = {"refresh_token": held["refresh_token"]}
    assert slug(await house.ask(key, "POST", "/api/courier/refresh", json=body)) == "device-revoked"
    right = {"account": "lan", "password": PASSWORD}
    assert slug(await house.ask(key, "POST", "/api/courier/sign-in", json=right)) == "device-revoked"


async def test_a_courier_no_longer_gets_no_day_but_may_hand_in_what_was_done(house: House):
    key = make_key()
    held = await house.enrolled(key)
    async with house.database.transaction() as tx:
        await tx.run("UPDATE roles_held SET taken_at = now() WHERE person_id = $person", person=house.courier)
    answer = await house.ask(key, "GET", "/api/courier/bundle", token=held["access_token"])
    assert (answer.status_code, slug(answer)) == (403, "role-needed")
    assert "Bưu tá" in answer.json()["detail"]
    answer = await house.ask(key, "POST", "/api/courier/acts", token=held["access_token"])
    assert answer.json() == {"roles": 0}


RUBBISH = [
    b"",
    b"{}",
    b"[" * 100_000,
    b'{"code": 1, "public_key": {}, "proof": ""}',
    b'{"code": "\\u0000", "public_key": {"kty": "EC", "crv": "P-256", "x": "", "y": ""}, "proof": ""}',
    b'{"code": "a", "public_key": {"kty": "EC", "crv": "P-256", "x": "", "y": ""}, "proof": "", "more": 1}',
]


async def test_rubbish_at_enrolment_is_refused_cleanly(house: House):
    headers = {"Content-Type": "application/json"}
    for body in RUBBISH:
        answer = await house.http.post("/api/courier/enrol", content=body, headers=headers)
        assert 400 <= answer.status_code < 500, answer.text


async def test_a_dispatcher_sees_the_board_and_a_courier_does_not(house: House):
    assert slug(await house.http.get("/board")) == "desk-session-ended"
    await house.desk()
    assert (await house.http.get("/board")).json() == {"name": "Trần Văn Hùng"}
    await house.desk("lan")
    answer = await house.http.get("/board")
    assert (answer.status_code, slug(answer)) == (403, "role-needed")


async def test_what_changes_something_must_come_from_our_form(house: House):
    token = await house.desk()
    other = make_form_token(house.ring, bytes(32), NOW)
    for told in ({}, {"headers": {FORM_HEADER: other}}, {"data": {FORM_FIELD: other}}, {"json": {FORM_FIELD: token}}):
        assert slug(await house.http.post("/plans", **told)) == "form-not-ours"
    for told in (
        {"data": {FORM_FIELD: token, "day": "1"}},
        {"data": {"day": "1"}, "headers": {FORM_HEADER: token}},
        {"data": {FORM_FIELD: token, "day": "1"}, "files": {"scan": b"pdf"}},
    ):
        assert (await house.http.post("/plans", **told)).json() == {"name": "Trần Văn Hùng", "day": "1"}


async def test_somebody_disabled_is_out_at_their_desk_at_once(house: House):
    await house.desk()
    async with house.database.transaction() as tx:
        await service.disable_person(tx, house.head, at=NOW)
    assert slug(await house.http.get("/board")) == "desk-session-ended"


async def test_the_sign_in_form_must_be_our_page(house: House):
    for headers, refused in [
        ({"Origin": URL}, None),
        ({"Sec-Fetch-Site": "same-origin"}, None),
        ({"Origin": "https://evil.example"}, "form-not-ours"),
        ({"Sec-Fetch-Site": "cross-site"}, "form-not-ours"),
        ({}, "form-not-ours"),
    ]:
        assert slug(await house.http.post("/sign-in", headers=headers)) == refused


def test_the_cookie_of_a_desk_is_bound_to_this_host_and_hidden_from_scripts(house: House):
    response = Response(None)
    response.set_cookie(desk_cookie(house.app.state["entrance"], "value"))
    header = response.cookies[0].to_header(header="")
    assert header == "__Host-tannha=value; HttpOnly; Path=/; SameSite=lax; Secure"


def test_a_route_that_nobody_watches_is_found(house: House):
    assert unguarded(house.app) == []
    open_app = application(house.database, house.ring, house.clock, house.record, forgotten, without_carrier)
    assert unguarded(open_app) == ["GET /forgotten", "GET /half"]
