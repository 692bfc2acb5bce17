"""S05: who holds the link learns how far it has come and what to do, and nothing that names anybody."""

import base64
import secrets
import unicodedata
from collections.abc import Awaitable, Callable

import httpx
import pytest

from backend.dossiers.tokens import TOKEN_BYTES
from backend.text import folded
from tests.stories.matter import Matter
from tests.stories.phone import InHand, took_effect
from tests.stories.town import Town

OWNER, PHONE, ADDRESS = "Nguyễn Thị Huệ", "0912 345 678", "Ấp 1"
PROCEDURE, CODE, FEE = "Đăng ký nhận cha, mẹ, con", "1.001022", "15.000"
SECRETS = (OWNER, PHONE, ADDRESS, PROCEDURE, CODE, FEE, "Nguyễn Thị Lan")
"""The last one is the courier."""
BOTH = ("text/html", "application/json")
DAY = "2026-12-28"
"""A month and more after the demo began: a case that ended before has no page any more."""


@pytest.mark.begins("2026-12-28T06:00")
async def test_s05_the_public_page_gives_nothing_away(town: Town) -> None:
    await town.clock(DAY, "06:00")
    lan = await town.phone("lan")
    one = await Matter.registered(
        town, "kim", owner_name=OWNER, phone=PHONE, address=ADDRESS, procedure=CODE, owner_number="087200000001"
    )
    ways: set[str] = set()
    await tells_nothing(town, one.tracking, ways)
    for act in acts_of(one, lan):
        await act()
        await tells_nothing(town, one.tracking, ways)
        if one.label:
            await tells_nothing(town, f"/t/{one.label['card_token']}", ways)
    assert await town.step(one.tracking) == "Đã trả kết quả"
    assert len(ways) > 5, "what to do changes on the way"
    await wrong_tokens_are_all_the_same(town, one)


def acts_of(one: Matter, lan: InHand) -> list[Callable[[], Awaitable[None]]]:
    """All of S01, act by act: the public page is read before and after each."""

    def at_the_door(*deeds: Callable[[], None]) -> list[Callable[[], Awaitable[None]]]:
        async def sent(deed: Callable[[], None]) -> None:
            await lan.pulls()
            deed()
            took_effect(await lan.sends())

        return [lambda deed=deed: sent(deed) for deed in deeds]

    def departs() -> None:
        lan.writes("depart", one.id, {"visit_id": one.case.visit})

    return [
        lambda: one.does("kim", "forward"),
        lambda: one.does("ut", "acknowledge_forward"),
        lambda: one.confirmed(15_000),
        lambda: one.booked("lan", DAY, "07:00-08:00"),
        *at_the_door(departs, lambda: one.arrives(lan), lambda: one.checks_identity(lan), lambda: one.takes(lan)),
        *at_the_door(lambda: one.pays(lan), lambda: one.seals(lan), lambda: one.finishes(lan)),
        lambda: one.to_the_post(lan),
        one.to_the_one_stop,
        one.examined,
        lambda: one.does("mai", "report_portal_status", {"status": "4"}),
        one.result_released,
        one.result_to_the_post,
        lambda: one.booked("lan", DAY, "08:00-09:00", purpose="deliver"),
        lambda: one.result_to(lan),
        *at_the_door(departs, lambda: one.arrives(lan), lambda: one.checks_identity(lan, "recipient")),
        *at_the_door(lambda: one.hands_over(lan, word=one.label["hand_over_word"]), lambda: one.finishes(lan)),
    ]


async def tells_nothing(town: Town, path: str, ways: set[str]) -> None:
    """In neither form. `ways`: what the citizen was told to do, so far."""
    for kind in BOTH:
        answer = await town.line.http.get(path, headers={"Accept": kind})
        assert answer.status_code == 200, answer.text
        assert [secret for secret in SECRETS if is_in(secret, answer)] == []
    told = answer.json()["next"]
    assert told
    assert told in (await town.line.http.get(path, headers={"Accept": "text/html"})).text
    ways.add(told)


def is_in(secret: str, answer: httpx.Response) -> bool:
    """With its marks or without, composed or not, without blanks and dots, or in base64: as text or in a header."""
    whole = answer.text + "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    forms = {secret, unicodedata.normalize("NFD", secret), secret.upper(), secret.encode().hex()}
    bare = secret.replace(" ", "").replace(".", "")
    forms |= {bare} if len(bare) > 4 else set()
    for text in (secret, unicodedata.normalize("NFD", secret), folded(secret)):
        for coded in (base64.b64encode(text.encode()), base64.urlsafe_b64encode(text.encode())):
            forms.add(coded.decode().rstrip("="))
    return any(form in whole for form in forms) or folded(secret) in folded(whole)


async def wrong_tokens_are_all_the_same(town: Town, one: Matter) -> None:
    """Wrong, expired, and foreign ones, and other codes of the very card: the same status, the same length."""
    ended = next(case for case in town.demo.cast["cases"] if case["state"] == "closed")
    wrong = [base64.b32encode(secrets.token_bytes(TOKEN_BYTES)).decode().rstrip("=") for _ in range(200)]
    wrong += [ended["token"], one.label["look_up_number"], one.label["hand_over_word"], one.label["item_number"]]
    wrong += [str(one.id), one.tracking[3:-1], "x"]
    for kind, tokens in zip(BOTH, (wrong, wrong[150:]), strict=True):
        answers = [await town.line.http.get(f"/t/{token}", headers={"Accept": kind}) for token in tokens]
        assert {answer.status_code for answer in answers} == {404}
        assert len({len(answer.content) for answer in answers}) == 1
        assert not any(is_in(secret, answer) for secret in SECRETS for answer in answers[-8:])
