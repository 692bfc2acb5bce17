"""One act before it is judged: the rows as the acts before left them, and the one thing it is about."""

from backend.verify.replay.case_acts import GIVEN_UP
from backend.verify.replay.deed import Deed
from backend.verify.replay.things import Thing
from backend.verify.replay.world import Row, World

UNKNOWN = None
_BROUGHT = ("collect", "supplement", "exchange")
"""Purposes of visits for which citizens bring papers."""
Value = bool | int | str | None


class About:
    """One act, the rows before it, and the one thing judged."""

    def __init__(self, world: World, deed: Deed, thing: Thing) -> None:
        self.world = world
        self.deed = deed
        self.thing = thing
        self.row = world.find(thing.table, *thing.key)

    @property
    def case(self) -> Row:
        return self.world.get("cases", self.deed.subject)

    def own(self, table: str) -> list[Row]:
        return self.world.of_case(table, self.deed.subject)

    def citizens_papers(self) -> list[Row]:
        return [paper for paper in self.own("papers") if not paper["is_result"]]

    def with_actor(self) -> list[Row]:
        return [paper for paper in self.citizens_papers() if self._holds(paper)]

    def at_the_counter(self) -> list[Row]:
        """What the office of a post's counter has in hand of papers that citizens bring, for who ends it at a desk."""
        visit = self.visit()
        if visit is None or self.deed.by_courier or visit["place"] != "post_counter":
            return []
        held = ("unit", visit["unit_id"], "in_hand") if visit["purpose"] in _BROUGHT else None
        return [one for one in self.citizens_papers() if (one["holder_kind"], one["holder"], one["state"]) == held]

    def _holds(self, row: Row) -> bool:
        return (row["holder_kind"], row["holder"]) == ("courier", self.deed.actor)

    def visit(self) -> Row | None:
        if "visit_id" in self.deed.body:
            return self.world.find("visits", self.deed.uuid("visit_id"))
        if "appointment_id" in self.deed.body:
            appointment = self.world.find("appointments", self.deed.subject, self.deed.uuid("appointment_id"))
            return self.world.find("visits", appointment["visit_id"]) if appointment is not None else None
        return self.row if self.thing.table == "visits" else None

    def of_this_case(self) -> Row | None:
        if "visit_id" not in self.deed.body:
            return None
        return self.world.find("case_visits", self.deed.subject, self.deed.uuid("visit_id"))

    def others(self) -> list[Row]:
        """What the other cases need of the visit, without those that left it."""
        visit = self.visit()
        rows = self.world.of_visit(visit["visit_id"]) if visit is not None else ()
        return [row for row in rows if row["case_id"] != self.deed.subject and row["outcome"] != GIVEN_UP]
