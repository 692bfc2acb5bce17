"""Four eyes, planted damage: whatever left review without two people where it takes two is found."""

from typing import NamedTuple

import pytest

from tests.verify.conftest import Damage


class Planted(NamedTuple):
    """`item`: the name of the command found."""

    says: str
    sql: str
    code: str
    item: str


def rewritten(into: str, where: str) -> str:
    """SQL of a forger who changes the bytes of commands, and their hash with them. `into`: of the bytes `SAID`."""
    return f"""ALTER TABLE inbox DROP CONSTRAINT inbox_fingerprint_is_a_hash;
        UPDATE inbox SET data = convert_to({into.replace("SAID", "convert_from(data, 'UTF8')")}, 'UTF8') WHERE {where};
        UPDATE inbox SET fingerprint = sha256(data) WHERE {where}"""  # noqa: S608


TURNED = """replace(SAID, '"resolution":"apply"', '"resolution":"set_aside"')"""
SIGNATURES = "kind = 'countersign_review' AND subject_id = $two_signed"
BY_HAND = "UPDATE inbox SET standing = 'set_aside' WHERE id = $proposed"
NOT_SIGNED = f"DELETE FROM acts WHERE {SIGNATURES}; DELETE FROM inbox WHERE {SIGNATURES}"  # noqa: S608
PLANTED = (
    Planted(
        "the second signature wiped, of what took effect",
        NOT_SIGNED,
        "review.no-second",
        "collected",
    ),
    Planted(
        "the second signature wiped, of what was set aside",
        NOT_SIGNED,
        "review.no-second",
        "not_taken",
    ),
    Planted(
        "set aside by hand while a second person is awaited",
        BY_HAND,
        "review.otherwise",
        "proposed",
    ),
    Planted(
        "set aside by hand and the decision turned round",
        f"{BY_HAND};" + rewritten(TURNED, "kind = 'resolve_review' AND subject_id = $two_signed"),
        "review.no-second",
        "proposed",
    ),
    Planted(
        "a signature under the decision that was replaced",
        rewritten(
            "replace(replace(SAID, $decided::uuid::text, $replaced::uuid::text),"
            " $head::uuid::text, $dispatcher::uuid::text)",
            SIGNATURES,
        ),
        "review.replaced",
        "collected",
    ),
    Planted(
        "signed only after it had taken effect",
        "UPDATE acts SET placed = DEFAULT WHERE kind = 'countersign_review' AND subject_id = $two_signed",
        "review.order",
        "collected",
    ),
    Planted(
        "decided only after it had been signed",
        "UPDATE acts SET n = n + 1000 WHERE id = $decided",
        "review.order",
        "collected",
    ),
    Planted(
        "the other decision made the one in force",
        rewritten(TURNED, "id = $decided"),
        "review.otherwise",
        "collected",
    ),
    Planted(
        "signed by two and put back into review",
        "UPDATE inbox SET standing = 'review' WHERE id = $not_taken",
        "review.not-carried-out",
        "not_taken",
    ),
    Planted(
        "decided by one, which is enough, and put back into review",
        "UPDATE inbox SET standing = 'review' WHERE id = $set_aside",
        "review.not-carried-out",
        "set_aside",
    ),
    Planted(
        "a decision brought from another case",
        "UPDATE acts SET subject_id = $late, n = n + 1000 WHERE id = $decided",
        "review.no-decision",
        "collected",
    ),
    Planted(
        "something set aside whose decision is gone",
        """DELETE FROM inbox WHERE kind IN ('resolve_review', 'countersign_review') AND subject_id = $two_signed;
           DELETE FROM acts WHERE kind IN ('resolve_review', 'countersign_review') AND subject_id = $two_signed""",
        "inbox.set-aside",
        "not_taken",
    ),
)


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.says)
async def test_what_left_review_otherwise_is_found(damage: Damage, planted: Planted) -> None:
    story = damage.ground.story
    await damage.plant(planted.sql)
    assert str(story[planted.item]) in await found(damage, planted.code)


async def found(damage: Damage, code: str) -> set[str]:
    """Ids of the commands found with a code."""
    return {one.key["id"] for one in (await damage.verified()).findings if one.code == code}


@pytest.mark.parametrize("who", ["head", "tu"])
async def test_a_second_who_is_none_is_found(damage: Damage, who: str) -> None:
    """Mai's signature turned into that of Hùng, who decided, or of Tú, who collected."""
    story = damage.ground.story
    actor = rewritten("""replace(SAID, '"actor":"' || $officer::uuid, '"actor":"' || $who::uuid)""", SIGNATURES)
    await damage.plant(actor, who=story[who])
    assert await found(damage, "review.same-person") == {str(story["collected"])}


async def test_a_signature_under_nothing_is_found(damage: Damage) -> None:
    """The signature itself, and what it let go."""
    signature = await damage.tx.value(
        "SELECT id FROM acts WHERE kind = 'countersign_review' AND subject_id = $case ORDER BY n LIMIT 1",
        case=damage.ground.story["two_signed"],
    )
    await damage.plant("DELETE FROM inbox WHERE id = $decided; DELETE FROM acts WHERE id = $decided")
    assert await found(damage, "review.no-decision") == {str(signature)}


async def test_a_decision_that_waits_for_its_second_is_no_difference(damage: Damage) -> None:
    report = await damage.verified()
    assert report.findings == []
    waits = {one.key["id"] for one in report.explained if one.code == "queue.review"}
    assert str(damage.ground.story["proposed"]) in waits
    assert report.counted["decisions"] == 4
