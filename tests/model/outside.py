"""What comes from outside, and what the centre does by itself."""

from datetime import date
from random import Random
from unittest.mock import patch
from uuid import UUID

import msgspec
from msgspec.structs import replace

from backend.acts.thresholds import Thresholds, thresholds
from backend.dossiers.tokens import token
from backend.errors import Refusal
from backend.keys import Purpose
from backend.sync import bank, call_backs, portal, settling
from backend.tracking import service as tracking
from tests.builders import Field
from tests.builders_portal import asked
from tests.model.known import Known
from tests.model.refusals import VIETNAMESE, check_refusal


async def registers(field: Field, cases: list[Known], chance: Random) -> None:
    """The portal, under one of its own ids: the same again is the same case, with other content it is refused."""
    number = chance.randrange(4)
    changes = {"address": chance.choice(("Ấp 1", "Ấp 2")), "dossier_code": f"H20.12-261125-030{number}"}
    what = msgspec.convert(asked(f"DVC-20261125-00000{number}", **changes), portal.Asked)
    try:
        case = await portal.register(field.tx, field.ring, what, field.at)
    except Refusal as refusal:
        check_refusal(refusal)
        return
    if case.case_id not in [known.case for known in cases]:
        cases.append(Known(case.case_id))
    assert (await portal.get(field.tx, what.request_id)).case_id == case.case_id


async def looks(field: Field, case: UUID) -> None:
    """At the page behind the paper: one line always says what comes next."""
    card = token(field.ring.current(Purpose.TRACKING, field.at), case, 1)
    if (known := await tracking.find_case(field.tx, card, field.at)) is not None:
        found = await tracking.of_case(field.tx, known)
        assert found.steps
        assert VIETNAMESE.search(found.next.vi), found


def everybody_is_drawn(on: date) -> Thresholds:
    """A visit that is missing on the list would be missed by three lots in a hundred only."""
    return replace(thresholds(on), call_back_per_mille=1000)


async def timers(field: Field) -> None:
    with patch.object(call_backs, "thresholds", everybody_is_drawn):
        for due in (bank.place, bank.lapse, settling.settle, call_backs.list_due):
            await due(field.tx, field.ring, field.at)
