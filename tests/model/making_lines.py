"""Bodies of lines of the run sheet: what a courier wrote at a door, typed in again at a desk."""

from datetime import timedelta
from uuid import UUID

from backend.ids import uuid7
from tests.builders_acts import Body
from tests.builders_run_sheets import PICTURE
from tests.model.known import Making, Wanted
from tests.model.making_custody import Custody
from tests.model.making_money import Money
from tests.model.making_visits import Visits

SHAPES = (
    ("record_arrival", "check_identity", "take_papers", "sign", "finish_visit"),
    ("record_arrival", "check_identity", "take_papers", "collect", "sign", "seal", "finish_visit"),
    ("record_arrival", "check_identity", "quote", "collect", "finish_visit"),
    ("record_arrival", "check_identity", "record_unpaid", "send_anyway"),
    ("record_arrival", "check_identity", "open_result", "hand_over_result", "finish_visit"),
    ("record_arrival", "check_identity", "hand_back_papers", "finish_visit"),
    ("record_arrival", "fail_visit"),
    ("collect",),
)
"""As it is written down at a door."""


class AtTheDoor(Visits, Custody, Money):
    """What the courier would have made on a phone."""


class Lines(Making):
    """Each is named as its kind."""

    def rekey(self) -> Wanted:
        couriers = list(self.shared.labels)
        courier = next((one for one in couriers if self.listed("visit", str(one))), self.chance.choice(couriers))
        visit = self.one(self.listed("visit", str(courier)), str(uuid7()))
        begun = self.shared.now - timedelta(minutes=self.chance.randrange(20, 600))
        acts, parts = list[Body](), dict[str, Body]()
        for kind in (one for one in self.chance.choice(SHAPES) if self.often(0.97)):
            told = self._at_the_door(courier, kind)
            at = begun + timedelta(minutes=len(acts))
            parts |= {str(len(acts)): told.personal} if told.personal else {}
            acts.append({"kind": kind, "at": at.isoformat(), "body": told.body | {"visit_id": visit}})
        line = {"line_id": str(uuid7()), "visit_id": visit, "courier": str(courier), "picture": PICTURE}
        return Wanted(line | {"acts": acts}, {"parts": parts} if parts else None)

    def _at_the_door(self, courier: UUID, kind: str) -> Wanted:
        door = AtTheDoor(self.known, self.cases, self.shared, self.chance, courier, self.day, at_desk=False)
        door.STRANGE = 0.01
        return getattr(door, kind)()

    def _line(self) -> Body:
        return {"line_id": self.one(self.listed("line", "typed"), str(uuid7()))}

    def confirm_rekeyed(self) -> Wanted:
        return Wanted(self._line())

    def set_aside_rekeyed(self) -> Wanted:
        return Wanted(self._line() | {"reason": "typed_wrongly"})
