"""What acts about people mean: who signed what was read, who may act until when, what was told and answered."""

from datetime import date
from uuid import UUID

import msgspec

from backend.verify.replay import form_acts, party_acts, presence_acts
from backend.verify.replay.case_acts import new_case_visit
from backend.verify.replay.deed import Deed
from backend.verify.replay.world import ANYTHING, Missing, Row, World

SIGNED_FOR = ("slip", "hand_over")
AMISS = (
    "mode_accepted",
    "signed_as_read",
    "signed_page_missing",
    "finger_named",
    "witnesses_missing",
    "witness_signed",
    "witness_is_courier",
    "witness_gains",
    "witness_adult",
)
"""Guards that say that a signature does not count; it is kept all the same."""


def sign(world: World, deed: Deed) -> None:
    body = deed.body
    finger: dict[str, str] | None = body.get("finger")
    visit = world.get("visits", deed.uuid("visit_id"))["visit_id"]
    witnesses = body.get("witnesses") or ()
    world.put(
        "signatures",
        {
            "case_id": deed.subject,
            "signature_id": deed.uuid("signature_id"),
            "visit_id": visit,
            "document": body["document"],
            "mode": body["mode"],
            "signer": body.get("signer", "owner"),
            "accepted": _accepted(world, deed),
            "form_version": body.get("form_version"),
            **{name: _hash(body.get(name)) for name in ("shown_sha256", "strokes_sha256", "image_sha256")},
            "page_ids": deed.uuids("page_ids"),
            "hand": finger["hand"] if finger is not None else None,
            "finger": finger.get("finger", "index") if finger is not None else None,
            "witnesses": len(witnesses),
            "witness_files": [_hash(one["strokes_sha256"]) for one in witnesses if one.get("strokes_sha256")],
            "state": "none",
            "signed_at": deed.occurred_at,
            "voided_at": None,
        },
    )
    _signed_for(world, deed.subject, visit)


def _accepted(world: World, deed: Deed) -> object:
    """As the rules said of it; anything where they had to say something else first."""
    about_visit = [code.partition(":")[2] for code in deed.exceptions if code.startswith("visit:")]
    if any(code == f"guard:{name}" for code in about_visit for name in AMISS):
        return False
    if page_missing(world, deed) or not as_read(world, deed) or not finger_named(deed):
        return False
    return ANYTHING if about_visit else True


def page_missing(world: World, deed: Deed) -> bool:
    there = [world.find("pages", deed.subject, page) for page in deed.uuids("page_ids")]
    return (deed.body["mode"] in ("ink", "fingerprint") and not there) or None in there


def as_read(world: World, deed: Deed) -> bool:
    reading = world.find("readings", deed.subject, deed.body["document"])
    return reading is None or _is_of(
        {"shown_sha256": _hash(deed.body["shown_sha256"]), "form_version": deed.body.get("form_version")}, reading
    )


def finger_named(deed: Deed) -> bool:
    return (deed.body["mode"] == "fingerprint") == (deed.body.get("finger") is not None)


def _hash(text: str | None) -> bytes | None:
    return bytes.fromhex(text) if text else None


def _is_of(signed: Row, reading: Row) -> bool:
    same = signed["shown_sha256"] == reading["content_sha256"]
    return same and signed["form_version"] in (None, reading["form_version"])


def outdated(world: World, deed: Deed) -> list[Row]:
    """What was signed of the same paper with another content, when it is read back anew."""
    now = {"content_sha256": _hash(deed.body["content_sha256"]), "form_version": deed.body["form_version"]}
    return [
        row
        for row in world.of_case("signatures", deed.subject)
        if row["document"] == deed.body["document"] and row["state"] == "valid" and not _is_of(row, now)
    ]


def unsigned(world: World, case: UUID, visit: UUID) -> int | None:
    """Forms read back in a visit without a signature that counts. None: it is not known of one whether it does."""
    signed = [row for row in world.of_case("signatures", case) if row["state"] == "valid"]
    missing = 0
    for reading in world.of_case("readings", case):
        if reading["visit_id"] != visit:
            continue
        counts = [row["accepted"] for row in signed if row["document"] == reading["document"] and _is_of(row, reading)]
        if True not in counts and any(one is ANYTHING for one in counts):
            return None
        missing += True not in counts
    return missing


def _signed_for(world: World, case: UUID, visit: UUID) -> None:
    part = world.find("case_visits", case, visit) or new_case_visit(case, visit)
    counts = [
        row["accepted"]
        for row in world.of_case("signatures", case)
        if row["visit_id"] == visit and row["document"] in SIGNED_FOR and row["voided_at"] is None
    ]
    sure = any(one is True for one in counts)
    told = True if sure else ANYTHING if any(one is ANYTHING for one in counts) else False
    if part["slip_signed"] is not told:
        world.put("case_visits", part, slip_signed=told)


def void_signature(world: World, deed: Deed) -> None:
    world.get("visits", deed.uuid("visit_id"))
    _void(world, deed, world.get("signatures", deed.subject, deed.uuid("signature_id")))


def _void(world: World, deed: Deed, row: Row) -> None:
    if row["voided_at"] is None:
        world.put("signatures", row, voided_at=deed.occurred_at)
    if world.find("case_visits", deed.subject, row["visit_id"]) is not None:
        _signed_for(world, deed.subject, row["visit_id"])


def read_back(world: World, deed: Deed) -> None:
    gone = outdated(world, deed)
    world.put(
        "readings",
        {
            "case_id": deed.subject,
            "document": deed.body["document"],
            "visit_id": world.get("visits", deed.uuid("visit_id"))["visit_id"],
            "form_version": deed.body["form_version"],
            "content_sha256": _hash(deed.body["content_sha256"]),
            "content": form_acts.content(world, deed),
            "read_by": deed.actor,
            "read_at": deed.occurred_at,
        },
    )
    for row in gone:
        _void(world, deed, row)


def record_mandate(world: World, deed: Deed) -> None:
    """One that was taken back stays so."""
    _visit(world, deed)
    if deed.personal is not None and world.get("cases", deed.subject)["erased_at"] is None:
        for told in msgspec.json.decode(deed.personal).get("parties") or ():
            world.put("parties", party_acts.party(deed.subject, told))
    known = world.find("mandates", deed.subject, deed.uuid("mandate_id"))
    if known is not None and known["revoked_at"] is not None:
        return
    body = deed.body
    if world.find("parties", deed.subject, deed.uuid("party_id")) is None and deed.subject not in world.parties_unread:
        raise Missing(f"a party {body['party_id']}")
    world.put(
        "mandates",
        {
            "case_id": deed.subject,
            "mandate_id": deed.uuid("mandate_id"),
            "party_id": deed.uuid("party_id"),
            "authority": body["authority"],
            "kinship_proved": body.get("kinship_proved", False),
            "from_day": deed.day("from_day"),
            "last_day": deed.day("last_day") if body.get("last_day") else None,
            "page_id": deed.uuid("page_id") if body.get("page_id") else None,
            "state": known["state"] if known is not None else "none",
            "recorded_by": deed.actor,
            "recorded_at": deed.occurred_at,
            "revoked_by": None,
            "revoked_at": None,
        },
    )


def revoke_mandate(world: World, deed: Deed) -> None:
    row = world.get("mandates", deed.subject, deed.uuid("mandate_id"))
    if row["revoked_at"] is None:
        world.put("mandates", row, revoked_by=deed.actor, revoked_at=deed.occurred_at)


def holds(mandate: Row, on: date) -> bool:
    return mandate["state"] == "in_force" and mandate["from_day"] <= on <= (mandate["last_day"] or on)


def show_notice(world: World, deed: Deed) -> None:
    world.put(
        "notices_shown",
        {
            "case_id": deed.subject,
            "notice": deed.body["notice"],
            "visit_id": _visit(world, deed),
            "version": deed.body["version"],
            "text_sha256": _hash(deed.body["text_sha256"]),
            "how": deed.body["how"],
            "shown_by": deed.actor,
            "shown_at": deed.occurred_at,
        },
    )


def record_consent(world: World, deed: Deed) -> None:
    world.put(
        "consents",
        {
            "case_id": deed.subject,
            "extra": deed.body["extra"],
            "state": "none",
            "version": deed.body["version"],
            "text_sha256": _hash(deed.body["text_sha256"]),
            "answered_as": deed.body["answered_as"],
            "child_agrees": deed.body.get("child_agrees"),
            "visit_id": _visit(world, deed),
            "answered_at": deed.occurred_at,
            "withdrawn_at": None,
        },
    )
    lawful = "consent" not in deed.exceptions
    if deed.body["extra"] == "place_mark" and deed.body["given"] and lawful and deed.by_phone:
        presence_acts.keep_place(world, deed)


def withdraw_consent(world: World, deed: Deed) -> None:
    """Who does not want the house kept on the map has it blanked."""
    world.put("consents", world.get("consents", deed.subject, deed.body["extra"]), withdrawn_at=deed.occurred_at)
    if deed.body["extra"] == "place_mark":
        for row in world.of_case("house_marks", deed.subject):
            world.put("house_marks", row, lat=None, lon=None)


def _visit(world: World, deed: Deed) -> UUID | None:
    if deed.body.get("visit_id") is None:
        return None
    return world.get("visits", deed.uuid("visit_id"))["visit_id"]
