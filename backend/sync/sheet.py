"""What a fact may look at: the act, the rows, the posts of who acts, and the thing judged."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import UUID

from backend.appointments.model import Appointment
from backend.fees.model import Charge
from backend.parcels.model import HolderKind, Paper
from backend.staff.model import Post
from backend.sync.doing import Doing
from backend.sync.instances import Instance
from backend.visits.lists import PAPERS_COME_IN
from backend.visits.model import CaseVisit, Visit

Fact = bool | int | str
Facts = Mapping[str, Callable[["FactSheet"], Fact]]


class FactSheet(Mapping[str, Fact]):
    """All facts about one act and, for facts about a thing, one row of one machine."""

    def __init__(
        self,
        do: Doing,
        body: Any,
        posts: frozenset[Post],
        usual: Mapping[str, Fact],
        facts: Facts,
        thing: Instance | None = None,
    ) -> None:
        self.do = do
        self.body = body
        self.posts = posts
        self.thing = thing
        self._usual = usual
        self._facts = facts

    def about(self, thing: Instance) -> "FactSheet":
        return FactSheet(self.do, self.body, self.posts, self._usual, self._facts, thing)

    def __getitem__(self, name: str) -> Fact:
        found = self._facts.get(name)
        return self._usual[name] if found is None else found(self)

    def __iter__(self) -> Iterator[str]:
        return iter(self._usual)

    def __len__(self) -> int:
        return len(self._usual)

    # What several facts look at

    def papers(self) -> list[Paper]:
        """The citizen's papers of the case, without results."""
        return [paper for paper in self.do.world.of_case(Paper, self.do.subject) if not paper.is_result]

    def charges(self) -> list[Charge]:
        return self.do.world.of_case(Charge, self.do.subject)

    def with_courier(self) -> list[Paper]:
        return [p for p in self.papers() if (p.holder_kind, p.holder) == (HolderKind.COURIER, self.do.actor)]

    def at_the_counter(self) -> list[Paper]:
        """Of those that citizens bring to a post: what its office has in hand, for who ends the visit at a desk. At a
        one-stop they are where they are to go."""
        visit = self.visit()
        if visit is None or self.do.act.by_courier or visit.place != "post_counter":
            return []
        held = (HolderKind.UNIT, visit.unit_id) if visit.purpose in PAPERS_COME_IN else None
        return [p for p in self.papers() if (p.holder_kind, p.holder) == held and p.state == "in_hand"]

    def visit(self) -> Visit | None:
        visit_id = getattr(self.body, "visit_id", None)
        if visit_id is None and (appointment := self.appointment()) is not None:
            visit_id = appointment.visit_id
        if visit_id is None and self.thing is not None and self.thing.kind is Visit:
            visit_id = self.thing.key[0]
        return self.do.world.get(Visit, visit_id)

    def appointment(self) -> Appointment | None:
        return self.do.world.get(Appointment, self.do.subject, getattr(self.body, "appointment_id", None))

    def case_visit(self) -> CaseVisit | None:
        return self.do.world.get(CaseVisit, self.do.subject, getattr(self.body, "visit_id", None))

    def others_in_visit(self) -> list[CaseVisit]:
        visit = self.visit()
        if visit is None:
            return []
        return self.do.world.others_in(visit.visit_id, self.do.subject)

    def moving(self) -> list[Paper]:
        """Papers that change hands by this act, loose or in a parcel."""
        parcels: set[UUID] = set(getattr(self.body, "parcel_ids", ()))
        loose: set[UUID] = set(getattr(self.body, "paper_ids", ()))
        return [
            paper
            for paper in self.do.world.of_case(Paper, self.do.subject)
            if paper.paper_id in loose or paper.parcel_id in parcels
        ]
