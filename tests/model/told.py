"""What the line does with acts of any kind: whether an act may take effect the centre says, all else is foretold."""

import json
from dataclasses import dataclass, field
from typing import ClassVar
from uuid import UUID

from backend.acts import rules
from backend.errors import Refusal
from tests.model.expected import Expected, Made

FILE = json.loads((rules.FOLDER / f"{rules.current():04}.json").read_bytes())
"""The rule table as data: read here by our own means, as phones and verifiers do."""
ACTS = FILE["acts"]
OF_TWO = frozenset(kind for kind, act in ACTS.items() if act.get("money") or act.get("custody"))


NOT_THEIRS = frozenset(
    {
        "case-not-found",
        "no-stock",
        "not-your-bag",
        "not-your-case",
        "not-your-incident",
        "not-your-shift",
        "not-allowed",
    }
)
"""Refusals of whoever does not decide about this."""
STILL_NOT = frozenset({"still-not-possible", "no-such-review"})


@dataclass
class Told(Expected):
    """`heard`: where the centre says that each act stands."""

    takes_two: ClassVar[frozenset[str]] = OF_TWO

    heard: dict[tuple[UUID, UUID], str] = field(default_factory=dict[tuple[UUID, UUID], str])

    def _decided(self, made: Made) -> str:
        """A fact is never refused, nor what is registered at the door, on which papers and money may hang. Another
        request of a courier's may be, and may wait until an exception is cleared."""
        standing = self.heard.get((made.device, made.id), "nowhere")
        fact = made.kind not in ACTS or ACTS[made.kind]["kind"] == "fact" or made.kind == "register"
        possible = ("applied", "review") if fact else ("applied", "review", "refused", "behind")
        assert standing in possible, (made.kind, made.body, standing)
        return standing

    def _settle(self, made: Made, resolution: str) -> bool:
        standing = self.heard[made.device, made.id]
        wanted = "set_aside" if resolution == "set_aside" else "applied"
        if standing != wanted:
            assert standing == "review", (made.kind, standing, resolution)
            assert resolution != "set_aside", (made.kind, made.body)  # that is always possible
            return False
        made.standing = standing
        self._release(made.device, made.case)
        return True

    # What people do: an act may turn out to be impossible; what is set aside never is

    def was_decided(
        self, made: Made, resolution: str, decision: UUID, by: UUID, refusal: Refusal | None, *, province: bool
    ) -> None:
        if refusal is None:
            assert self.decide(made, resolution, decision, by), (made.kind, made.body, resolution)
            return
        still = refusal.slug() in STILL_NOT and resolution != "set_aside"
        assert still or (refusal.slug() in NOT_THEIRS and not province), (made.kind, made.body, resolution, refusal)
        assert self.heard[made.device, made.id] == made.standing, made

    def was_signed(self, made: Made, decision: UUID, by: UUID, refusal: Refusal | None, *, province: bool) -> None:
        if refusal is None:
            assert self.countersign(made, decision, by), (made.kind, made.body, by)
            return
        proposal = self.proposals.get((made.device, made.id))
        known = proposal is not None and proposal.decision == decision
        fit = proposal is not None and known and by not in (proposal.by, made.actor, made.owner)
        still = refusal.slug() in STILL_NOT and proposal is not None and proposal.resolution == "apply"
        assert not fit or still or (refusal.slug() in NOT_THEIRS and not province), (made.kind, made.body, refusal)

    def cleared(self, case: UUID) -> None:
        """An exception of the case was: what waited for that may go on."""
        for device in self.devices:
            self._release(device, case)
