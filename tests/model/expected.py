"""What must be true, in plain Python and from the contract alone: standings, custody, money.

Written without a look at how the server does it. Who is not mentioned here (windows, states, exceptions) is not
predicted; `truths` compares those with the rule table afterwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from backend.sync.reading import Command

Holder = tuple[str, UUID]
WAITING = ("held", "behind", "review")
FINAL = ("applied", "set_aside", "refused")


@dataclass(eq=False)
class Made:
    """An act as a phone made it, and where it stands as far as the centre has said. `case`: whatever its subject is."""

    command: Command
    device: UUID
    actor: UUID
    owner: UUID
    id: UUID
    seq: int
    mark: bytes
    prev: bytes | None
    case: UUID
    kind: str
    body: dict[str, Any]
    subject: str = "case"
    standing: str | None = None
    received: datetime | None = None
    out_of_line: bool = False


@dataclass
class Proposal:
    """A decision about money or custody that one person has made, and no second one signed yet."""

    decision: UUID
    by: UUID
    resolution: str


@dataclass
class Expected:
    """The centre, as the contract describes it."""

    takes_two: ClassVar[frozenset[str]] = frozenset({"take_papers", "seal", "offer", "receive", "collect"})
    """Money and custody."""

    devices: list[UUID]
    charges: dict[str, UUID]
    next_seq: dict[UUID, int] = field(default_factory=dict)
    last: dict[UUID, bytes | None] = field(default_factory=dict)
    known: dict[tuple[UUID, UUID], Made] = field(default_factory=dict)
    papers: dict[str, Holder] = field(default_factory=dict)
    parcels: dict[str, Holder] = field(default_factory=dict)
    inside: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    settled: dict[str, UUID] = field(default_factory=dict)
    slips: set[int] = field(default_factory=set)
    signatures: set[str] = field(default_factory=set)
    cash: dict[UUID, int] = field(default_factory=dict)
    credit: dict[UUID, int] = field(default_factory=dict)
    proposals: dict[tuple[UUID, UUID], Proposal] = field(default_factory=dict)

    def receive(self, sent: Sequence[Made], at: datetime) -> list[str]:
        """The standings that the answers must name, in the order sent."""
        conflicting: set[int] = set()
        for place, made in enumerate(sent):
            first = self.known.setdefault((made.device, made.id), made)
            if first.mark != made.mark:
                conflicting.add(place)
            elif first.standing is None:
                first.standing, first.received = "held", at
        for device in sorted({made.device for made in sent}):
            self._line(device, fill_gaps=False)
        return [
            "refused" if place in conflicting else str(self.known[made.device, made.id].standing)
            for place, made in enumerate(sent)
        ]

    def fill_gaps(self, device: UUID) -> None:
        if any(made.standing == "held" for made in self._of(device)):
            self._line(device, fill_gaps=True)

    def _of(self, device: UUID) -> list[Made]:
        mine = (made for (maker, _), made in self.known.items() if maker == device)
        return sorted(mine, key=lambda made: (made.seq, made.id))

    def _line(self, device: UUID, *, fill_gaps: bool) -> None:
        """Misfits are known before anything is decided: what the phone did later on that case stands behind them."""
        turn: list[Made] = []
        for made in [made for made in self._of(device) if made.standing == "held"]:
            expected = self.next_seq.get(device, 1)
            if made.seq < expected:
                made.standing, made.out_of_line = "review", True
                continue
            if made.seq > expected and not fill_gaps:
                continue
            broken = made.seq == expected and made.prev != self.last.get(device)
            self.next_seq[device], self.last[device] = made.seq + 1, made.mark
            if broken:
                made.standing, made.out_of_line = "review", True
            else:
                turn.append(made)
        for made in turn:
            made.standing = "behind" if self._is_behind(made) else self._decided(made)

    def _is_behind(self, made: Made) -> bool:
        return any(
            other.case == made.case and other.standing in ("behind", "review") and other.seq < made.seq
            for other in self._of(made.device)
        )

    def _decided(self, made: Made) -> str:
        if made.kind == "cancel" and made.actor == made.owner:
            return "refused"  # a request, and a courier has not the role
        if made.actor != made.owner or made.kind not in EFFECTS or not EFFECTS[made.kind](self, made):
            return "review"
        return "applied"

    # What people do

    def decide(self, made: Made, resolution: str, decision: UUID, by: UUID) -> bool:
        """Whether the centre can do it. What takes two people waits for the second."""
        if made.kind in self.takes_two:
            self.proposals[made.device, made.id] = Proposal(decision, by, resolution)
            return True
        return self._settle(made, resolution)

    def countersign(self, made: Made, decision: UUID, by: UUID) -> bool:
        """Only under the latest decision, only while it waits, and only by somebody who has no part in it yet."""
        proposal = self.proposals.get((made.device, made.id))
        if proposal is None or proposal.decision != decision or by in (proposal.by, made.actor, made.owner):
            return False
        if done := self._settle(made, proposal.resolution):
            del self.proposals[made.device, made.id]
        return done

    def _settle(self, made: Made, resolution: str) -> bool:
        if resolution == "apply":
            possible = made.kind in EFFECTS and EFFECTS[made.kind](self, made)
            if not possible:
                return False
            made.standing = "applied"
        else:
            made.standing = "set_aside"
        self._release(made.device, made.case)
        return True

    def _release(self, device: UUID, case: UUID) -> None:
        """Of two acts that a phone gave one number, the first to come goes first."""
        for made in sorted(self._of(device), key=lambda made: (made.seq, made.received)):
            if made.case != case or made.standing not in ("behind", "review"):
                continue
            if made.standing == "review":
                return
            made.standing = self._decided(made)
            if made.standing in ("behind", "review"):
                return

    def receive_at_desk(self, parcels: Sequence[str], papers: Sequence[str], unit: UUID) -> bool:
        """A desk is told to open the parcel first; a phone is believed."""
        if any(self.inside.get(paper) not in (None, *parcels) for paper in papers):
            return False
        return self._given(parcels, papers, ("unit", unit))

    def waiting(self) -> list[Made]:
        return [made for made in self.known.values() if made.standing in WAITING]

    # What acts do

    def _given(self, parcels: Sequence[str], papers: Sequence[str], to: Holder) -> bool:
        """A paper that goes without the parcel it lay in lies in none any more."""
        if any(paper not in self.papers for paper in papers):
            return False
        for paper in papers:
            if self.inside.get(paper) not in parcels:
                self.inside.pop(paper, None)
        for parcel in parcels:
            self.parcels[parcel] = to
            self.papers.update({paper: to for paper, within in self.inside.items() if within == parcel})
        self.papers.update(dict.fromkeys(papers, to))
        return True

    def _take(self, made: Made) -> bool:
        for taken in made.body["papers"]:
            if self.papers.get(taken["id"], ("citizen",))[0] in ("citizen", "courier"):
                self.papers[taken["id"]] = ("courier", made.actor)
        return True

    def _seal(self, made: Made) -> bool:
        body = made.body
        parcel, label = body["parcel_id"], body["label"]
        known = all(paper in self.papers for paper in body["paper_ids"])
        if not known or self.labels.get(label, parcel) != parcel:
            return False
        self.labels[label] = parcel
        ahead = parcel in self.parcels
        holder = self.parcels.setdefault(parcel, ("courier", made.actor))
        for paper in body["paper_ids"]:
            if ahead or self.papers[paper][0] != "unit":
                self.inside[paper], self.papers[paper] = parcel, holder
        return True

    def _offer(self, made: Made) -> bool:
        body = made.body
        return all(parcel in self.parcels for parcel in body["parcel_ids"]) and all(
            paper in self.papers for paper in body["paper_ids"]
        )

    def _receive(self, made: Made) -> bool:
        body = made.body
        receiver = (body["receiver"]["kind"], UUID(body["receiver"]["id"]))
        return receiver == ("courier", made.actor) and self._given(body["parcel_ids"], body["paper_ids"], receiver)

    def _collect(self, made: Made) -> bool:
        body = made.body
        if body["slip_number"] in self.slips:
            return False
        self.slips.add(body["slip_number"])
        paid = 0
        for line in body["lines"]:
            if line["charge_id"] not in self.settled:
                self.settled[line["charge_id"]] = made.id
                paid += 8000
        self.cash[made.actor] = self.cash.get(made.actor, 0) + body["total"]
        self.credit[made.case] = self.credit.get(made.case, 0) + body["total"] - paid
        return True

    def _sign(self, made: Made) -> bool:
        new = made.body["signature_id"] not in self.signatures
        self.signatures.add(made.body["signature_id"])
        return new

    def _only_states(self, _made: Made) -> bool:
        return True


ONLY_STATES = ("depart", "record_arrival", "check_identity", "finish_visit", "fail_visit")
EFFECTS = {
    "take_papers": Expected._take,
    "seal": Expected._seal,
    "offer": Expected._offer,
    "receive": Expected._receive,
    "collect": Expected._collect,
    "sign": Expected._sign,
    **dict.fromkeys(ONLY_STATES, Expected._only_states),
}
