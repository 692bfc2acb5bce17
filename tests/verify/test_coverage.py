"""What the replay compares: every column of every table that acts make, and a reason for each one left out."""

from backend.verify.replay import tables
from backend.verify.replay.telling import MEANINGS
from backend.verify.schema import read_declared
from tests.verify.conftest import Damage

COMPARED = (
    tables.OF_CASES
    | tables.OF_SUBJECTS
    | tables.OF_SHIFTS
    | tables.OF_UNITS
    | tables.OF_BAGS
    | tables.OF_INCIDENTS
    | tables.OF_DEVICES
    | {"visits": tables.VISITS}
)
BY_THE_WORKER = {"pages": {"state", "bad_reason", "file_sha256"}}
"""A page follows its file, and is looked at with the files."""
IN_THE_LINE = {"devices": {"next_seq", "last_hash", "last_contact_at", "health"}}
"""A phone's place in the line is looked at with its commands."""
ELSEWHERE = {
    "chains, commands and personal parts": {"acts", "inbox", "subjects", "personal", "data_keys", "checkpoints"},
    "money": {"balances"},
    "labels and tokens, each in a way of its own": {"label_sets", "tracking_tokens"},
    "looked at, not moved: who searched for what, and whose code was checked": {"card_look_ups", "courier_checks"},
    "lots of call-backs, drawn again": {"call_back_draws"},
    "files": {"files", "masters", "component_files", "uploads", "upload_days"},
    "messages, which follow the acts": {"notices"},
    "asked for beside the acts: browsers that are told": {"push_subscriptions"},
    "queues": {"followers", "pgqueuer", "pgqueuer_log", "pgqueuer_statistics"},
    "given, not told: offices, people, what they hold and how they sign in": {
        "installation",
        "slip_blocks",
        "reference_blocks",
        "payee_accounts",
        "provinces",
        "districts",
        "communes",
        "area_successors",
        "units",
        "unit_versions",
        "unit_areas",
        "same_level_posts",
        "lead_units",
        "public_days",
        "unit_days",
        "unit_hours",
        "unit_stages",
        "invitation_rules",
        "procedure_versions",
        "catalogues",
        "people",
        "roles_held",
        "qualifications",
        "portraits",
        "competence_gates",
        "digitisation_stages",
        "compensation_rules",
        "passwords",
        "sign_in_attempts",
        "desk_sessions",
        "device_sessions",
        "enrolment_codes",
        "security_alarms",
    },
}


async def test_every_column_that_acts_make_is_compared(damage: Damage) -> None:
    declared = read_declared().columns
    for table, sql in COMPARED.items():
        statement = await damage.tx.connection.prepare(sql)
        selected = {attribute.name for attribute in statement.get_attributes()}
        left_out = {"changed"} | BY_THE_WORKER.get(table, set()) | IN_THE_LINE.get(table, set())
        assert selected == declared[table].keys() - left_out, table


def test_every_table_is_compared_or_left_out_for_a_reason() -> None:
    assert set(read_declared().columns) == COMPARED.keys() | set().union(*ELSEWHERE.values())


def test_every_kind_that_the_server_carries_out_can_be_told() -> None:
    from backend.sync.decide import EFFECTS  # noqa: PLC0415  (only here do the two tellings meet)
    from backend.sync.desk import DEVICE_STATES  # noqa: PLC0415

    assert set(MEANINGS) == EFFECTS.keys() | DEVICE_STATES.keys()


async def test_every_kind_that_can_be_told_happens_in_the_story(damage: Damage) -> None:
    rows = await damage.tx.all("SELECT DISTINCT kind FROM acts")
    assert set(MEANINGS) - {row["kind"] for row in rows} == set()
