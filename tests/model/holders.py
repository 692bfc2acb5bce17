"""In whose hands everything is, told again from the acts alone: each paper, parcel and label set has one holder."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from backend.database import Transaction
from tests.model.apart import apart
from tests.model.records import Record

Holder = tuple[str, str]


class Hands:
    """`units`: of visits and cases, which no act in these chains says again."""

    def __init__(self, visits: Mapping[str, str], agencies: Mapping[str, str], bags: Mapping[str, str]) -> None:
        self.papers: dict[str, Holder] = {}
        self.inside: dict[str, str] = {}
        self.parcels: dict[str, Holder] = {}
        self.labels: dict[str, str] = {}
        """parcel -> label"""
        self.sets: dict[str, Holder] = {}
        self.bound: dict[str, str] = {}
        """label set -> parcel: the first it was put on, whatever it is put on after that against the rules"""
        self.states: dict[str, str] = {}
        """Of label sets, by number."""
        self._numbers: dict[str, str] = {}
        self._visits, self._agencies, self._bags = visits, agencies, bags
        self._taken_over: set[tuple[str, str]] = set()

    def follow(self, act: Record, numbers: Mapping[str, str]) -> None:
        """`numbers`: of label sets, by what their labels say."""
        self._numbers = dict(numbers)
        if (does := DOES.get(act.kind)) is not None:
            does(self, act)
        for label, state in act.outcome.items():
            machine, _, number = label.partition(":")
            if machine == "label_set":
                self.states[number] = state

    def _taker(self, act: Record) -> Holder:
        return ("courier", str(act.actor)) if act.by_phone else ("unit", self._visits[act.body["visit_id"]])

    def _give(self, parcels: Iterable[str], papers: Iterable[str], to: Holder) -> None:
        along = set(parcels)
        for paper in papers:
            if self.inside.get(paper) not in along:
                self.inside.pop(paper, None)
            self.papers[paper] = to
        for paper, parcel in self.inside.items():
            if parcel in along:
                self.papers[paper] = to
        self.parcels.update(dict.fromkeys(along, to))

    def take_papers(self, act: Record) -> None:
        to = self._taker(act)
        for paper in (taken["id"] for taken in act.body["papers"]):
            before = self.papers.get(paper, to)
            if before[0] in ("citizen", "courier"):
                if before != to:
                    self.inside.pop(paper, None)
                self.papers[paper] = to
            else:
                self.papers[paper] = before

    def see_original(self, act: Record) -> None:
        self.papers.setdefault(act.body["paper_id"], ("citizen", str(act.subject)))

    def seal(self, act: Record) -> None:
        body, sealer = act.body, self._taker(act)
        parcel, ahead = body["parcel_id"], body["parcel_id"] in self.parcels
        holder = self.parcels.setdefault(parcel, sealer)
        self.labels[parcel] = body["label"]
        for paper in body["paper_ids"]:
            if ahead or self.papers[paper][0] != "unit" or self.papers[paper] == sealer:
                self.papers[paper], self.inside[paper] = holder, parcel
        self._bind(act)

    def _bind(self, act: Record) -> None:
        number = self._numbers.get(act.body["label"])
        if number is not None and self.sets[number][0] != "citizen":
            self.sets[number] = ("citizen", str(act.subject))
            self.bound[number] = act.body["parcel_id"]

    def relabel(self, act: Record) -> None:
        self.labels[act.body["parcel_id"]] = act.body["label"]
        self._bind(act)

    def receive(self, act: Record) -> None:
        body = act.body
        self._taken_over.add((str(act.subject), body["offer_id"]))
        self._give(body["parcel_ids"], body["paper_ids"], (body["receiver"]["kind"], body["receiver"]["id"]))

    def open_seal(self, act: Record) -> None:
        self._empty(act.body["parcel_id"])

    def _empty(self, parcel: str) -> None:
        self.inside = {paper: within for paper, within in self.inside.items() if within != parcel}

    def handed_over(self, act: Record) -> None:
        citizen = ("citizen", str(act.subject))
        for parcel in [self.inside[paper] for paper in act.body["paper_ids"] if paper in self.inside]:
            self.parcels[parcel] = citizen
            self._empty(parcel)
        for paper in act.body["paper_ids"]:
            self.papers[paper] = citizen

    def release_result(self, act: Record) -> None:
        body, agency = act.body, ("unit", self._agencies[str(act.subject)])
        self.parcels[body["parcel_id"]] = self.papers[body["paper_id"]] = agency
        self.inside[body["paper_id"]] = body["parcel_id"]

    def record_loss(self, act: Record) -> None:
        body = act.body
        self._give(body.get("parcel_ids", ()), body.get("paper_ids", ()), ("lost", body["incident_id"]))

    def record_found(self, act: Record) -> None:
        body = act.body
        finder = ("courier", str(act.actor)) if act.by_phone else ("unit", body["unit"])
        self._give(body.get("parcel_ids", ()), body.get("paper_ids", ()), finder)

    def put_in_bag(self, act: Record) -> None:
        """What the receiver has by then stays there."""
        bag = act.body["bag_id"]
        if (str(act.subject), bag) not in self._taken_over:
            self._give([act.body["parcel_id"]], [], ("bag", bag))

    def take_out_of_bag(self, act: Record) -> None:
        self._give([act.body["parcel_id"]], [], ("unit", self._bags[act.body["bag_id"]]))

    def print_label_sets(self, act: Record) -> None:
        for number in range(act.body["first"], act.body["first"] + act.body["count"]):
            self.sets[str(number)] = ("unit", str(act.subject))

    def _moved(self, act: Record, states: Sequence[str], to: Callable[[Holder], Holder]) -> None:
        for number in map(str, act.body["numbers"]):
            if self.states.get(number) in states:
                self.sets[number] = to(self.sets[number])

    def issue_label_sets(self, act: Record) -> None:
        self._moved(act, ("printed",), lambda _before: ("courier", act.body["courier"]))

    def return_label_sets(self, act: Record) -> None:
        self._moved(act, ("issued", "lost"), lambda _before: ("unit", str(act.subject)))

    def record_label_loss(self, act: Record) -> None:
        self._moved(act, ("printed", "issued"), lambda before: ("lost", before[1]))


DOES: dict[str, Callable[[Hands, Record], None]] = {
    "take_papers": Hands.take_papers,
    "see_original": Hands.see_original,
    "seal": Hands.seal,
    "relabel": Hands.relabel,
    "receive": Hands.receive,
    "open_seal": Hands.open_seal,
    "hand_over_result": Hands.handed_over,
    "hand_back_papers": Hands.handed_over,
    "release_result": Hands.release_result,
    "record_loss": Hands.record_loss,
    "record_found": Hands.record_found,
    "put_in_bag": Hands.put_in_bag,
    "take_out_of_bag": Hands.take_out_of_bag,
    "print_label_sets": Hands.print_label_sets,
    "issue_label_sets": Hands.issue_label_sets,
    "return_label_sets": Hands.return_label_sets,
    "record_label_loss": Hands.record_label_loss,
}


async def holders_differ(tx: Transaction, acts: Sequence[Record]) -> list[str]:
    visits = await _named(tx.all("SELECT visit_id AS id, unit_id AS unit FROM visits"))
    agencies = await _named(tx.all("SELECT case_id AS id, competent_unit AS unit FROM cases"))
    bags = await _named(tx.all("SELECT bag_id AS id, unit_id AS unit FROM bags"))
    sets = await tx.all("SELECT number, label, holder_kind, holder, parcel_id FROM label_sets")
    numbers = {row["label"]: str(row["number"]) for row in sets}
    hands = Hands(visits, agencies, bags)
    for act in acts:
        hands.follow(act, numbers)
    papers = await tx.all("SELECT paper_id, parcel_id, holder_kind, holder FROM papers")
    parcels = await tx.all("SELECT parcel_id, label, holder_kind, holder FROM parcels")
    found = apart("paper", _held(papers, "paper_id"), hands.papers)
    found += apart("parcel", _held(parcels, "parcel_id"), hands.parcels)
    found += apart("label set", _held(sets, "number"), hands.sets)
    within = {str(row["paper_id"]): str(row["parcel_id"]) for row in papers if row["parcel_id"] is not None}
    found += apart("what a paper lies in", within, hands.inside)
    labels = {str(row["parcel_id"]): row["label"] for row in parcels if row["label"] is not None}
    found += apart("label", labels, hands.labels)
    bound = {str(row["number"]): str(row["parcel_id"]) for row in sets if row["parcel_id"] is not None}
    found += apart("what a label set is bound to", bound, hands.bound)
    return found


async def _named(rows: Any) -> dict[str, str]:
    return {str(row["id"]): str(row["unit"]) for row in await rows}


def _held(rows: Iterable[Any], name: str) -> dict[str, Holder]:
    return {str(row[name]): (row["holder_kind"], str(row["holder"])) for row in rows}
