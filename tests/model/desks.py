"""What people at desks do about it, a bank, the portal and a citizen."""

from collections.abc import Sequence
from random import Random

from hypothesis import strategies as st
from hypothesis.stateful import rule

from backend.errors import Refusal
from tests.builders_money import came
from tests.model import outside
from tests.model.fitting import fitting
from tests.model.known import Known, Wanted
from tests.model.life import ANY_VERSION, CHANCE, Life
from tests.model.refusals import check_refusal
from tests.model.told import FILE
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

    async def _one_at_desk(self, known: Known, kind: str, chance: Random) -> None:
        self.counted["steps"] += 1
        name = chance.choice(may(kind) if chance.random() < 0.95 else list(ROLES))
        await look(self.field.tx, known, self.shared, self.shared.offices(name))
        maker = self._maker(known, self.shared.people[name], chance, at_desk=True)
        wanted: Wanted = getattr(maker, kind)()
        base = ANY_VERSION if chance.random() < 0.95 else 0
        if await self._at_desk(self.shared.people[name], known, kind, wanted, base) and kind in PROMISES:
            await look(self.field.tx, known, self.shared, [])

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
