"""The witness: every act made, every acknowledgement heard, and what the server said differently later."""

import time
from collections import Counter
from uuid import UUID

import msgspec

from backend.acts.rules import RuleTable
from backend.simulate.outbox import Answer, Standing, Written

Key = tuple[UUID, UUID]
Subject = tuple[str, UUID]


class Record(msgspec.Struct, kw_only=True):
    """One act and what became of it. Seconds count from the start of the run."""

    act: Written
    by: str
    sent: int = 0
    first_sent_at: float | None = None
    acknowledged_at: float | None = None
    answer: Answer | None = None
    refused: str | None = None
    """A desk's request that was refused: it has not happened, and nothing is kept of it."""
    looked_at: bool = False
    """It waited for a person."""

    @property
    def standing(self) -> Standing | None:
        return self.answer.standing if self.answer is not None else None


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Something that must not be, with what is needed to look at it."""

    what: str
    act: UUID | None = None
    made_by: UUID | None = None
    kind: str | None = None
    subject: UUID | None = None
    by: str | None = None
    before: str | None = None
    now: str | None = None


class Journal:
    """Of one run. `tricks` are messages no honest phone sends: counted, but not asked for again."""

    def __init__(self, rules: RuleTable) -> None:
        self.records: dict[Key, Record] = {}
        self.numbers: dict[Subject, dict[int, Key]] = {}
        self.lost: list[Finding] = []
        self.doubled: list[Finding] = []
        self.stuck: list[Finding] = []
        self.wrong: list[Finding] = []
        """Is otherwise than those who did it know it."""
        self.played: Counter[str] = Counter()
        """What happened beside what is plain, and how often an office or a citizen brought it to its end."""
        self.tricks: Counter[str] = Counter()
        self.took: list[float] = []
        """Seconds from asking to the answer, per request with acts that was answered."""
        self._rules = rules
        self._began = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._began

    def made(self, act: Written, by: str) -> Written:
        self.records[act.key] = Record(act=act, by=by)
        return act

    def sent(self, act: Written) -> None:
        record = self.records[act.key]
        record.sent += 1
        if record.first_sent_at is None:
            record.first_sent_at = self.seconds

    def heard(self, act: Written, answer: Answer) -> None:
        """Compares with what was said before, then remembers."""
        record = self.records[act.key]
        if record.answer is None:
            record.acknowledged_at = self.seconds
        elif not follows(record.answer, answer):
            self.lost.append(self.finding("knows otherwise", act, before=said(record.answer), now=said(answer)))
        record.answer = answer
        record.looked_at = record.looked_at or answer.standing in (Standing.REVIEW, Standing.BEHIND)
        if answer.standing is Standing.APPLIED and answer.n is not None:
            self._numbered(act, answer.n)

    def was_refused(self, act: Written, why: str) -> None:
        record = self.records[act.key]
        if record.answer is None:
            record.refused = why

    def _numbered(self, act: Written, n: int) -> None:
        """A number in a chain is given once."""
        known = self.numbers.setdefault((act.subject_kind, act.subject), {}).setdefault(n, act.key)
        if known != act.key:
            other = self.records[known].act
            self.doubled.append(self.finding("one number for two acts", act, before=f"{n}: {other.id}"))

    def finding(self, what: str, act: Written, *, before: str | None = None, now: str | None = None) -> Finding:
        return Finding(
            what=what,
            act=act.id,
            made_by=act.made_by,
            kind=act.kind,
            subject=act.subject,
            by=self.records[act.key].by if act.key in self.records else None,
            before=before,
            now=now,
        )

    def is_fact(self, kind: str) -> bool:
        found = self._rules.file.acts.get(kind)
        return found is not None and found.kind == "fact"

    def applied(self, act: Written) -> bool:
        return self.records[act.key].standing is Standing.APPLIED

    def happened(self, subject: UUID) -> list[Record]:
        """All but what a desk was refused."""
        return [record for record in self.of(subject) if record.refused is None]

    def all_applied(self, subject: UUID) -> bool:
        """Whether all that was done about it took effect."""
        return all(record.standing is Standing.APPLIED for record in self.happened(subject))

    def expects(self, what: str, *, subject: UUID | None = None, by: str, before: object, now: object) -> bool:
        """Something that was asked at once, and must be so. Whether it is."""
        if before != now:
            self.wrong.append(Finding(what=what, subject=subject, by=by, before=str(before), now=str(now)))
        return before == now

    def of(self, subject: UUID) -> list[Record]:
        """The acts on one subject, in the order they were made."""
        return [record for record in self.records.values() if record.act.subject == subject]


def said(answer: Answer) -> str:
    """An answer in a few words."""
    n = f" {answer.n}" if answer.n is not None else ""
    return f"{answer.standing}{n}" + (f" ({answer.problem.slug})" if answer.problem is not None else "")


MAY_BECOME = {
    Standing.HELD: frozenset(Standing),
    Standing.BEHIND: frozenset(Standing) - {Standing.HELD},
    Standing.REVIEW: frozenset({Standing.REVIEW, Standing.APPLIED, Standing.SET_ASIDE}),
}
"""What waits may move on; what is decided stays as it is, for ever."""


def follows(before: Answer, now: Answer) -> bool:
    """Whether a later answer to the same act fits the one before."""
    if before.fingerprint != now.fingerprint:
        return False
    if before.standing in MAY_BECOME:
        return now.standing in MAY_BECOME[before.standing]
    return (before.standing, before.n) == (now.standing, now.n)
