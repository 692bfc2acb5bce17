"""What people at desks do about it, a bank, the portal and a citizen."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import rule

from backend.acts.envelope import Subject
from backend.errors import Refusal
from backend.ids import uuid7
from backend.sync import desk
from backend.web.numbering import numbered_together
from tests.builders_money import came
from tests.model import outside
from tests.model.fitting import fitting
from tests.model.known import Known, Wanted
from tests.model.life import ANY_VERSION, CHANCE, Life
from tests.model.refusals import check_refusal
from tests.model.told import ACTS, FILE
from tests.model.village import BY_DESK, ROLES, look, may, next_kinds, state_of

OFFICES = (
    ("take_on_incident", "end_incident", "reopen_incident"),
    ("open_bag", "put_in_bag", "close_bag", "offer_bag", "receive_bag", "sign_bag_record", "settle_bag"),
    ("receive", "open_seal", "cross_check", "issue_receipt", "release_result", "offer"),
    ("approve_refund", "pay_refund", "drop_refund", "open_refund"),
    ("record_variance", "countersign_close"),
    ("confirm", "book", "confirm_call", "move_appointment"),
    ("exempt", "void_charge", "recount_charge", "approve_refund", "pay_refund"),
    ("record_mandate", "revoke_mandate", "withdraw_consent"),
    ("receive", "keep_at_post", "invite", "return_result"),
    ("keep_at_post", "invite", "forward_result"),
    ("recount_charge", "approve_refund", "pay_refund"),
    ("recount_charge", "drop_refund", "open_refund"),
    ("open_bag", "put_in_bag", "take_out_of_bag", "put_in_bag", "close_bag"),
    ("match_bank_credit",),
    ("receive", "open_on_record", "put_in_bag", "take_out_of_bag"),
    ("cross_check", "waive", "issue_receipt", "report_portal_status"),
    ("report_incident", "add_to_incident", "take_on_incident", "end_incident"),
    ("correct_registration", "confirm", "report_mismatch", "book"),
    ("print_label_sets", "issue_label_sets", "record_label_loss", "return_label_sets"),
    ("ask_guidance", "answer_guidance"),
    ("urge", "answer_urging"),
    ("open_duty", "record_told", "open_duty", "drop_duty"),
    ("merge", "undo_merge"),
    ("withdraw", "accept_withdrawal"),
    ("record_call_back", "record_call_back"),
    ("rekey", "confirm_rekeyed"),
    ("rekey", "confirm_rekeyed", "rekey", "set_aside_rekeyed"),
)
"""What one thing leads to."""
COLLECTING = (
    "record_arrival", "check_identity", "take_papers", "quote", "collect", "photograph", "sign", "seal", "finish_visit",
)  # fmt: skip
HANDING_OVER = ("record_arrival", "check_identity", "collect", "open_result", "hand_over_result", "finish_visit")
BY_TRANSFER = ("record_arrival", "check_identity", "quote", "show_payment_code", "record_transfer_said", "collect")
UNPAID = ("record_arrival", "check_identity", "record_unpaid", "claim_relief", "collect", "collect", "finish_visit")
GIVING_BACK = ("record_arrival", "check_identity", "take_papers", "send_anyway", "hand_back_papers", "fail_visit")
SEALING = ("record_arrival", "take_papers", "seal", "relabel", "offer")
OWN_DAY = ("remit", "close_shift", "countersign_close", "begin_shift")
COUNTER = (COLLECTING, COLLECTING, HANDING_OVER, BY_TRANSFER, UNPAID, GIVING_BACK, SEALING, OWN_DAY)
"""As it goes at a counter, and with the clerk's own day."""


PROMISES = ("book", "move_appointment")
"""After these the couriers know of another visit."""


class Desks(Life):
    """Whoever may do it, and now and then whoever may not."""

    @rule(kind=st.sampled_from(BY_DESK), chance=CHANCE)
    def an_office_does_something(self, kind: str, chance: int) -> None:
        self.place.run(self._desk([kind], self._chance(chance)))

    @rule(chance=CHANCE)
    def an_office_goes_on(self, chance: int) -> None:
        """With what the table has for a case that stands where this one does. First somebody clears what is open."""
        self.place.run(self._goes_on(self._chance(chance)))

    @rule(kinds=st.lists(st.sampled_from(OFFICES), min_size=1, max_size=3), chance=CHANCE)
    def offices_do_one_after_the_other(self, kinds: list[tuple[str, ...]], chance: int) -> None:
        for some in kinds:
            self.place.run(self._desk(some, self._chance(chance)))

    @rule(shapes=st.lists(st.sampled_from(COUNTER), min_size=1, max_size=2), chance=CHANCE)
    def a_clerk_serves_somebody(self, shapes: list[tuple[str, ...]], chance: int) -> None:
        """With the papers and the money there; sometimes something is left out."""
        for shape in shapes:
            self.place.run(self._served(shape, self._chance(chance)))

    async def _served(self, shape: tuple[str, ...], chance: Random) -> None:
        fit = await fitting(self.field.tx, "hand_over_result") if shape is HANDING_OVER else []
        known = chance.choice([known for known in self.cases if known.case in fit] or self.cases)
        who = chance.choice(("clerk", "clerk", "lent"))
        await self._clear(known)
        for kind in shape:
            if chance.random() < 0.93:
                await self._one_at_desk(known, kind, chance, by=who if ROLES[who] in ACTS[kind]["roles"] else None)

    @rule(kind=st.sampled_from(("collect", "show_payment_code")), chance=CHANCE)
    def a_family_pays_at_once(self, kind: str, chance: int) -> None:
        """One sum over the counter, or one transfer: a slip or an order for each of its cases, or none of it."""
        self.place.run(self._together(kind, self._chance(chance)))

    async def _together(self, kind: str, chance: Random) -> None:
        """Rather of the family that has come to the counter."""
        families = self._families()
        visit = chance.choice(list(families) if chance.random() < 0.2 else [self.place.base.at_the_counter])
        clerk, bodies = self.shared.people["clerk"], dict[UUID, dict[str, Any]]()
        for place, known in enumerate(families[visit]):
            await self._clear(known)
            if place == 0 and chance.random() < 0.8:
                await self._at_desk(clerk, known, "record_arrival", Wanted({"visit_id": visit}), ANY_VERSION)
            await look(self.field.tx, known, self.shared, self.shared.offices("clerk"), clerk)
            maker = self._maker(known, clerk, chance, at_desk=True)
            bodies[known.case] = {"visit_id": visit, "lines": maker.lines_owed()} | maker.paid_by(kind)
        self._as_one(bodies, chance)
        if await self._asked(f"{kind} of a family", lambda: self._paid_together(clerk, kind, bodies)):
            self.seen[f"{kind} of a family", "applied"] += 1
            for known in families[visit]:
                known.payments += [bodies[known.case]] if kind == "show_payment_code" else []

    def _families(self) -> dict[str, list[Known]]:
        """By visit, the cases that have it together."""
        visits = dict.fromkeys(visit for known in self.cases for visit in known.visits)
        found = {visit: [known for known in self.cases if visit in known.visits] for visit in visits}
        return {visit: together for visit, together in found.items() if len(together) > 1}

    def _as_one(self, bodies: dict[UUID, dict[str, Any]], chance: Random) -> None:
        """One order; sometimes its sum is not what its parts come to."""
        for body in bodies.values():
            body["total"] = sum(line["amount"] for line in body["lines"])
        total = sum(body["total"] for body in bodies.values()) + (1000 if chance.random() < 0.05 else 0)
        order = {"id": str(uuid7()), "total": total}
        for place, body in enumerate(bodies.values()):
            body["order"] = order
            if "means" in body:
                change = 7000 if place == 0 else 0
                body |= {"tendered": body["total"] + change, "change": change}

    async def _paid_together(self, clerk: UUID, kind: str, bodies: dict[UUID, dict[str, Any]]) -> bool:
        self.field.at += timedelta(seconds=30)
        numbers = await numbered_together(self.field.tx, clerk, kind, bodies)
        told = [
            desk.Told(
                person=clerk, id=uuid7(), subject=Subject("case", case), kind=kind, body=body, personal=None,
                at=self.field.at,
            )
            for case, body in numbers.items()
        ]  # fmt: skip
        await desk.act_together(self.field.tx, self.field.ring, told)
        bodies.update(numbers)
        return True

    async def _goes_on(self, chance: Random) -> None:
        """Some steps, as far as the table knows more."""
        known = chance.choice(self.cases)
        for _ in range(chance.randrange(1, 5)):
            await self._clear(known)
            kinds = next_kinds(FILE["machines"]["case"]["rows"], str(await state_of(self.field.tx, known.case)))
            if kinds:
                await self._one_at_desk(known, chance.choice(kinds), chance)

    async def _desk(self, kinds: Sequence[str], chance: Random) -> None:
        """On one case, as far as it fits; sometimes somebody clears first what is open there."""
        known = chance.choice(self.cases)
        for kind in kinds:
            fit = await fitting(self.field.tx, kind)
            if fit and known.case not in fit and chance.random() < 0.9:
                case = chance.choice(fit)
                known = next((one for one in self.cases if one.case == case), known)
            if chance.random() < 0.8:
                await self._clear(known)
            await self._one_at_desk(known, kind, chance)

    async def _one_at_desk(self, known: Known, kind: str, chance: Random, *, by: str | None = None) -> None:
        """`by`: whoever has begun it; else whoever may."""
        self.counted["steps"] += 1
        name = by or chance.choice(may(kind) if chance.random() < 0.95 else list(ROLES))
        await look(self.field.tx, known, self.shared, self.shared.offices(name), self.shared.people[name])
        maker = self._maker(known, self.shared.people[name], chance, at_desk=True)
        wanted: Wanted = getattr(maker, kind)()
        base = ANY_VERSION if chance.random() < 0.95 else 0
        if not await self._at_desk(self.shared.people[name], known, kind, wanted, base):
            return
        if kind in PROMISES:
            await look(self.field.tx, known, self.shared, [])
        if kind == "show_payment_code" and wanted.body not in known.payments:
            known.payments.append(wanted.body)

    @rule(chance=CHANCE)
    def somebody_clears_what_is_open(self, chance: int) -> None:
        """All that crossed a rule on the case was looked at."""
        self.place.run(self._clear(self._chance(chance).choice(self.cases)))

    @rule(chance=CHANCE)
    def citizens_are_called_back(self, chance: int) -> None:
        """The day after, by somebody who had no part in it."""
        self.time_passes(20)
        self.place.run(self._desk(("record_call_back", "record_call_back"), self._chance(chance)))

    # A bank, the portal and a citizen

    @rule(chance=CHANCE)
    def the_bank_tells_of_money(self, chance: int) -> None:
        """The exact sum, or another; with the reference, or without; once more the same entry."""
        drawn = self._chance(chance)
        maker = self._maker(drawn.choice(self.cases), self.field.ut, drawn, at_desk=True)
        payments = maker.known.payments or [one for known in self.cases for one in known.payments]
        order = maker.one(payments, {"reference": "ung ho", "total": 5000})
        self.shared.entries += 0 if maker.often(0.1) else 1
        amount = order.get("order", order)["total"] + maker.either(0, 0, 0, 1000, -1000)
        self.place.run(
            self._told_by_bank(
                f"FT{self.shared.entries}", amount, str(order["reference"]) if maker.often() else "nop phi"
            )
        )

    async def _told_by_bank(self, entry: str, amount: int, text: str) -> None:
        self.counted["steps"] += 1
        try:
            await came(self.field, entry, amount, text)
        except Refusal as refusal:
            check_refusal(refusal)

    @rule(chance=CHANCE)
    def the_portal_registers(self, chance: int) -> None:
        self.counted["steps"] += 1
        self.place.run(outside.registers(self.field, self.cases, self._chance(chance)))

    @rule(chance=CHANCE)
    def a_citizen_looks(self, chance: int) -> None:
        self.counted["steps"] += 1
        self.place.run(outside.looks(self.field, self._chance(chance).choice(self.cases).case))
