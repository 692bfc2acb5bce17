"""Sends what is due: asks what is true now, words it, hands it to the sender, writes down what became of it.

Browsers that asked for it come first (F17): if one of them took it, that is enough, unless the owner must hear of it.
Between the two transactions the message may have gone out and nobody wrote it down: then it goes again under the same
id, after its next try was due. A notice that is not true, too late or has no way out is not sent, and says why.
"""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from msgspec.structs import replace

from backend import metrics
from backend.acts import feed
from backend.acts.feed import body_of
from backend.acts.service import open_key
from backend.clock import Clock, local_date
from backend.database import Database, Transaction
from backend.dossiers.tokens import live_token
from backend.keys import KeyRing, Purpose
from backend.notices import push_queries, queries
from backend.notices.codes import code_of
from backend.notices.model import Notice, Reason, Said, State, delay
from backend.notices.push_model import Machine, Push
from backend.notices.pushing import Pushed, Pushing
from backend.notices.senders import Message, NotSent, Sender
from backend.notices.subscribing import machines
from backend.notices.templates import Template, templates
from backend.notices.wording import BY_A_PERSON, Address, Known, Truth, address, is_true, papers_taken, topic, worded
from backend.sealing import DataKey

AT_A_TIME = 50
AT_ONCE = 8
LEASE = timedelta(seconds=30)
"""If nobody wrote down by then what became of a message, it goes again."""
PATIENCE = timedelta(days=1)
"""For so long after it was due a message is tried at most, if its life is not over before."""
log = logging.getLogger("tannha.notices")


class Ready(msgspec.Struct, frozen=True, kw_only=True):
    """A notice that is due. `way`: of the owner, or why there is none; then `push` is all there is, and `message` None.

    `pushed`: what browsers are told, or were told when it was tried before. `key`: that seals what was said.
    """

    notice: Notice
    template: Template
    key: DataKey
    way: Address | Reason
    message: Message | None
    push: Push | None
    pushed: str | None

    @property
    def waiting(self) -> Notice:
        """As it is while it goes out: it counts as told to a phone only where it goes to one."""
        only_push = self.push is not None and not self.template.owner_too
        return replace(self.notice, channel="push" if only_push else None)

    def sent(self, notice: Notice, at: datetime, *, by: Message | None) -> Notice:
        """`by`: None where browsers got it and nobody else."""
        if by is None:
            channel, said = "push", Said(to="", text=self.pushed or "")
        else:
            beside = self.pushed if notice.pushed_at is not None else None
            channel, said = by.channel, Said(to=by.to, text=by.text, subject=by.subject, pushed=beside)
        sealed = self.key.seal(msgspec.json.encode(said), notice.notice_id.bytes)
        return replace(notice, state=State.SENT, channel=channel, sent_at=at, sealed=sealed)


class Sending:
    """`sender` None: no message goes to phones and mailboxes. `pushing` None: nor to browsers; then people tell.

    `base`: how citizens reach us, for links.
    """

    def __init__(
        self,
        database: Database,
        ring: KeyRing,
        clock: Clock,
        sender: Sender | None,
        base: str,
        pushing: Pushing | None = None,
    ) -> None:
        self._database = database
        self._ring = ring
        self._clock = clock
        self._sender = sender
        self._base = base.rstrip("/")
        self._pushing = pushing

    async def send_due(self) -> int:
        """Some at a time, until none is due. How many notices were looked at."""
        looked = 0
        while count := await self._some():
            looked += count
        return looked

    async def _some(self) -> int:
        at = self._clock()
        ready: list[Ready] = []
        async with self._database.transaction() as tx:
            due = await queries.lock_due(tx, at, AT_A_TIME)
            for notice in due:
                # One after the other: what a household with one phone was told is seen by the next.
                outcome = await self._prepared(tx, notice, at)
                if isinstance(outcome, Ready):
                    ready.append(outcome)
                    notice = replace(  # noqa: PLW2901
                        outcome.waiting, next_at=at + max(LEASE, delay(outcome.notice.tries))
                    )
                else:
                    notice = outcome  # noqa: PLW2901
                await queries.settle(tx, [notice])
                _count(notice)
        await self._send(ready)
        return len(due)

    async def _prepared(self, tx: Transaction, notice: Notice, at: datetime) -> Ready | Notice:
        """Ready to go, or what became of it instead."""
        template = templates().by_name.get(notice.template)
        if template is None:  # of a version that had other templates
            return replace(notice, state=State.DROPPED, reason=Reason.OVERTAKEN)
        truth = await queries.truth_of(tx, notice, template.replaced_by, local_date(at))
        if (stopped := _stopped(template, truth)) is not None:
            return replace(notice, state=State.DROPPED, reason=stopped)
        quiet = None if template.asked else templates().quiet.ends(at)
        if (quiet or at) >= notice.expires_at:
            return _not_told(notice, template, Reason.LATE)
        way = address(template, truth) if self._sender is not None else Reason.NO_SENDER
        found = await self._machines(tx, notice, template, truth)
        if isinstance(way, Reason) and not found:
            return _not_told(notice, template, way)
        if quiet is not None:
            return replace(notice, next_at=quiet)
        return await self._worded(tx, notice, template, truth, way, found, at)

    async def _machines(self, tx: Transaction, notice: Notice, template: Template, truth: Truth) -> list[Machine]:
        """Browsers it goes to: none where the citizen wants to hear it from a person, nor a second time."""
        if self._pushing is None or "push" not in template.channels or notice.pushed_at is not None:
            return []
        if truth.tell_by in BY_A_PERSON:
            return []
        return await machines(tx, self._ring, notice.case_id)

    async def _worded(
        self,
        tx: Transaction,
        notice: Notice,
        template: Template,
        truth: Truth,
        way: Address | Reason,
        found: list[Machine],
        at: datetime,
    ) -> Ready | Notice:
        key = await open_key(tx, self._ring, ("case", notice.case_id))
        if key is None:
            return replace(notice, state=State.DROPPED, reason=Reason.ERASED)
        known = Known(
            notice=notice,
            truth=truth,
            body=body_of(await queries.command_of(tx, notice)),
            papers=papers_taken(await feed.commands_of(tx, notice.case_id, {"take_papers"}, notice.n), notice.visit_id),
            link=await self._link(tx, notice.case_id),
            key=self._key(notice) if template.asked else None,
            at=at,
        )
        pushed = worded(template, "push", known).text if found or notice.pushed_at is not None else None
        return Ready(
            notice=replace(notice, tries=notice.tries + 1),
            template=template,
            key=key,
            way=way,
            message=None if isinstance(way, Reason) else _message(template, way, known),
            push=_push(template, known, pushed, found) if pushed is not None and found else None,
            pushed=pushed,
        )

    def _key(self, notice: Notice) -> str:
        return code_of(self._ring.current(Purpose.CARD, notice.occurred_at), (notice.made_by, notice.act_id))

    async def _link(self, tx: Transaction, case: UUID) -> str | None:
        found = live_token(self._ring.all(Purpose.TRACKING), case, await queries.live_tokens(tx, case))
        return None if found is None else f"{self._base}/t/{found}"

    async def _send(self, ready: Sequence[Ready]) -> None:
        """At the same time as far as a gateway likes that; each is written down as soon as it is known."""
        lanes = asyncio.Semaphore(AT_ONCE)

        async def one(item: Ready) -> None:
            async with lanes:
                await self._one(item)

        await asyncio.gather(*(one(item) for item in ready))

    async def _one(self, item: Ready) -> None:
        pushed = Pushed(taken=0)
        if item.push is not None and self._pushing is not None:
            pushed = await self._pushing.push(item.push)
        notice = item.notice if not pushed.taken else replace(item.notice, pushed_at=self._clock())
        if item.message is None:
            outcome = self._only_pushed(item, notice, item.way, pushed)
        elif pushed.taken and not item.template.owner_too:
            outcome = item.sent(notice, self._clock(), by=None)
        else:
            outcome = await self._by_message(item, notice, item.message)
        async with self._database.transaction() as tx:
            await queries.settle(tx, [outcome])
            await push_queries.drop(tx, pushed.gone)
        _count(outcome)

    async def _by_message(self, item: Ready, notice: Notice, message: Message) -> Notice:
        assert self._sender is not None, "without a sender there is no message"
        try:
            await self._sender.send(message, self._clock())
        except NotSent as error:
            log.warning("notice not sent: %s", error)
            return _tried(notice, error, self._clock())
        return item.sent(notice, self._clock(), by=message)

    def _only_pushed(self, item: Ready, notice: Notice, way: Address | Reason, pushed: Pushed) -> Notice:
        """The owner has no way to be sent anything: what they must hear is told by a person as well."""
        assert isinstance(way, Reason), "else there is a message"
        if pushed.taken and not (item.template.owner_too and item.template.duty):
            return item.sent(notice, self._clock(), by=None)
        if not pushed.taken and pushed.failed is not None and pushed.failed.again:
            return _tried(notice, pushed.failed, self._clock())
        return _not_told(notice, item.template, way)


def _message(template: Template, way: Address, known: Known) -> Message:
    says = worded(template, way.channel, known)
    return Message(id=known.notice.notice_id, channel=way.channel, to=way.to, text=says.text, subject=says.subject)


def _push(template: Template, known: Known, text: str, found: list[Machine]) -> Push:
    line = templates().line_of(template)
    left = known.notice.expires_at - known.at
    return Push(machines=found, text=text, topic=topic(template, known.notice, line), life=left)


def _stopped(template: Template, truth: Truth) -> Reason | None:
    """Why it should not go out at all."""
    if truth.erased:
        return Reason.ERASED
    if truth.newer:
        return Reason.NEWER
    if not is_true(template, truth):
        return Reason.OVERTAKEN
    return Reason.HOUSEHOLD if template.once_a_visit and truth.told_household else None


def _not_told(notice: Notice, template: Template, reason: Reason) -> Notice:
    """No message. What must be told is told by a person, unless the moment for it has passed."""
    passed = reason is Reason.LATE and template.life.minutes is None
    if template.duty and not passed:
        return replace(notice, state=State.FOR_PERSON, reason=reason, duty_due=True)
    return replace(notice, state=State.DROPPED, reason=reason)


def _tried(notice: Notice, error: NotSent, at: datetime) -> Notice:
    """Tried again later, or given up: then nothing of it is kept but that it was not delivered."""
    later = at + delay(notice.tries, error.after)
    kept = replace(notice, channel=None, sealed=None)
    if error.again and later < min(notice.expires_at, notice.due_at + PATIENCE):
        return replace(kept, state=State.WAITING, next_at=later)
    duty = templates().by_name[notice.template].duty
    return replace(kept, state=State.FAILED, reason=Reason.NOT_DELIVERED, duty_due=duty)


def _count(notice: Notice) -> None:
    metrics.NOTICES.labels(notice.template, notice.state).inc()
