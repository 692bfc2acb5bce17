"""Four eyes: what left review was decided by a person; where money or custody is touched, a second one signed it too.

Told from the acts `resolve_review` and `countersign_review` alone. Which acts take two people is said by the rule table
that the decision was judged under.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from uuid import UUID

import asyncpg
import msgspec

from backend.acts import envelope, rules
from backend.acts.envelope import Unreadable
from backend.verify.database import Snapshot
from backend.verify.report import Key, Report

Name = tuple[UUID, UUID]
"""Who made an act, and its id."""
BECAME = {"apply": "applied", "apply_to": "applied", "set_aside": "set_aside"}
"""The standing that each resolution leads to."""

_WORDS = """
SELECT a.made_by, a.id, a.kind, a.subject_id, a.n, a.placed, a.rules_judged, i.data
FROM acts AS a
JOIN inbox AS i ON i.made_by = a.made_by AND i.id = a.id
WHERE a.kind IN ('resolve_review', 'countersign_review') AND i.source = 'desk' AND i.standing = 'applied'
ORDER BY a.subject_id, a.n
"""


class _Said(msgspec.Struct, frozen=True):
    """The body of either act: of a decision what it is about, of a signature the decision."""

    made_by: UUID
    act_id: UUID
    resolution: str = ""
    case: UUID | None = None


class Word(msgspec.Struct, frozen=True, kw_only=True):
    """A decision, or a second person's signature under one. `n`, `placed`: where in its chain, where among all acts."""

    name: Name
    person: UUID
    subject: UUID
    n: int
    placed: int
    rules: int
    about: Name
    resolution: str
    case: UUID | None


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """Everything people said about one command in review, in the order of the chain."""

    decisions: Sequence[Word]
    signatures: Sequence[Word]

    @property
    def valid(self) -> Word:
        """The decision that was signed, or the last one."""
        signed = {signature.about for signature in self.signatures}
        return next((one for one in self.decisions if one.name in signed), self.decisions[-1])

    @property
    def signature(self) -> Word | None:
        return next((one for one in self.signatures if one.about == self.valid.name), None)


class Reviewed(msgspec.Struct, frozen=True, kw_only=True):
    """A command and what became of it. `makers`: whose act it is. `placed`: of its act, if it took effect."""

    key: Key
    kind: str
    subject: UUID
    standing: str
    makers: frozenset[UUID]
    placed: int | None


class Decisions:
    """All decisions there are, by the command they are about."""

    def __init__(self, report: Report, decided: Mapping[Name, Decided]) -> None:
        self._report = report
        self._decided = decided

    def about(self, name: Name) -> Word | None:
        """The decision that holds, if anybody decided about this command."""
        found = self._decided.get(name)
        return None if found is None else found.valid

    def check(self, name: Name, command: Reviewed) -> None:
        """Codes `review.*`."""
        found = self._decided[name]
        if strangers := [list(one.name) for one in found.decisions if one.subject != command.subject]:
            self._differs("review.no-decision", command, command.subject, strangers)
        two = takes_two(command.kind, found.valid.rules)
        last = found.signature if two else found.decisions[0]
        if command.standing not in BECAME.values():
            if last is not None:
                self._differs("review.not-carried-out", command, BECAME.get(found.valid.resolution), command.standing)
            return
        self._report.counted["decisions"] += 1
        if BECAME.get(found.valid.resolution) != command.standing:
            self._differs("review.otherwise", command, found.valid.resolution, command.standing)
        if last is None:
            self._differs("review.no-second", command, "an act countersign_review", None)
            return
        self._order(found, command, last)
        if two:
            self._second(found, command, last)

    def _order(self, found: Decided, command: Reviewed, last: Word) -> None:
        """`last`: by which the command left review. Nobody decides after it, and nothing takes effect before."""
        if late := [one.n for one in found.decisions if one.n > last.n]:
            self._differs("review.order", command, {"before": last.n}, late)
        if command.placed is not None and command.placed < last.placed:
            self._differs("review.order", command, {"after": last.placed}, command.placed)

    def _second(self, found: Decided, command: Reviewed, signature: Word) -> None:
        decision = found.valid
        if signature.person in {decision.person, *command.makers}:
            self._differs("review.same-person", command, "somebody else", signature.person)
        if newer := [one.n for one in found.decisions if decision.n < one.n < signature.n]:
            self._differs("review.replaced", command, newer[-1], decision.n)

    def _differs(self, code: str, command: Reviewed, expected: object, found: object) -> None:
        self._report.differs(code, "inbox", command.key, expected=expected, found=found)


async def read_decisions(snapshot: Snapshot, report: Report) -> Decisions:
    """Also code `review.no-decision`: a signature under nothing."""
    decisions: dict[Name, Word] = {}
    signatures: list[Word] = []
    async for row in snapshot.rows(_WORDS):
        word = _word(row)
        if word is not None and row["kind"] == "resolve_review":
            decisions[word.name] = word
        elif word is not None:
            signatures.append(word)
    decided: dict[Name, tuple[list[Word], list[Word]]] = defaultdict(lambda: ([], []))
    for decision in decisions.values():
        decided[decision.about][0].append(decision)
    for signature in signatures:
        signed = decisions.get(signature.about)
        if signed is None or signed.subject != signature.subject:
            key = {"made_by": signature.name[0], "id": signature.name[1]}
            report.differs("review.no-decision", "acts", key, expected="a decision", found=list(signature.about))
        else:
            decided[signed.about][1].append(signature)
    return Decisions(report, {name: Decided(decisions=said, signatures=by) for name, (said, by) in decided.items()})


def _word(row: asyncpg.Record) -> Word | None:
    """None for bytes that are no such act: the checks of commands say so."""
    try:
        written = envelope.read(row["data"])
        said = msgspec.json.decode(written.body, type=_Said)
    except (Unreadable, msgspec.MsgspecError):
        return None
    return Word(
        name=(row["made_by"], row["id"]),
        person=written.actor,
        subject=row["subject_id"],
        n=row["n"],
        placed=row["placed"],
        rules=row["rules_judged"],
        about=(said.made_by, said.act_id),
        resolution=said.resolution,
        case=said.case,
    )


@cache
def takes_two(kind: str, version: int) -> bool:
    """Whether an act touches money or custody. What a table does not know cannot take effect."""
    try:
        rule = rules.load(version).act(kind)
    except (FileNotFoundError, rules.UnknownWord, rules.BadRuleTable):
        return False
    return rule.money or rule.custody
