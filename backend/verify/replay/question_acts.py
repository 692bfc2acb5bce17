"""What is said about a case: calls, which are in the chain alone, questions to the agency, urgings, and the answers."""

import unicodedata
from datetime import date

import msgspec

from backend.verify.replay.deed import Deed
from backend.verify.replay.world import ANYTHING, World

UNANSWERED = {"answer": None, "answered_by": None, "answered_at": None}


def log_call(world: World, deed: Deed) -> None:
    _visit_is_there(world, deed)


def ask_guidance(world: World, deed: Deed) -> None:
    """What was asked first under an id stays."""
    _visit_is_there(world, deed)
    question = deed.uuid("question_id")
    if world.find("questions", deed.subject, question) is not None:
        return
    row = {"case_id": deed.subject, "question_id": question, "state": "none", **UNANSWERED}
    said = _said(world, deed, "question")
    world.put("questions", row, question=said, asked_by=deed.actor, asked_at=deed.occurred_at)


def answer_guidance(world: World, deed: Deed) -> None:
    row = world.get("questions", deed.subject, deed.uuid("question_id"))
    said = _said(world, deed, "answer")
    world.put("questions", row, answer=said, answered_by=deed.actor, answered_at=deed.occurred_at)


def urge(world: World, deed: Deed) -> None:
    row = {"case_id": deed.subject, "urging_id": deed.uuid("urging_id"), "state": "none", **UNANSWERED}
    world.put(
        "urgings",
        row,
        unit_id=deed.uuid("unit"),
        words=_said(world, deed, "words"),
        answer_by=date.fromisoformat(deed.body["answer_by"]),
        urged_by=deed.actor,
        urged_at=deed.occurred_at,
    )


def answer_urging(world: World, deed: Deed) -> None:
    row = world.get("urgings", deed.subject, deed.uuid("urging_id"))
    said = _said(world, deed, "answer")
    world.put("urgings", row, answer=said, answered_by=deed.actor, answered_at=deed.occurred_at)


def blank(world: World, deed: Deed) -> None:
    """Who asked, urged and answered, and when, stays."""
    for row in world.of_case("questions", deed.subject):
        world.put("questions", row, question=None, answer=None)
    for row in world.of_case("urgings", deed.subject):
        world.put("urgings", row, words=None, answer=None)


def _visit_is_there(world: World, deed: Deed) -> None:
    if deed.body.get("visit_id") is not None:
        world.get("visits", deed.uuid("visit_id"))


def _said(world: World, deed: Deed, name: str) -> object:
    """None after the case was erased; anything where the words cannot be read any more."""
    if world.get("cases", deed.subject)["erased_at"] is not None:
        return None
    if deed.personal is None:
        return ANYTHING
    text: str = msgspec.json.decode(deed.personal)[name]
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
