"""Bodies of charges, payments, refunds, a courier's day, and of incidents."""

from collections.abc import Sequence
from uuid import UUID

from backend.ids import uuid7
from tests.builders_acts import Body, paid
from tests.builders_money import code
from tests.model.known import Making, Wanted


class Money(Making):
    """Each is named as its kind."""

    def _lines(self) -> list[tuple[str, int]]:
        owed = [one.split() for one in self.known.told.get("owed", [])] if self.at_desk else []
        named = [(charge, int(amount)) for charge, amount in owed]
        return self.some(named or self.known.charges, (str(uuid7()), 8000))

    def quote(self) -> Wanted:
        charge, amount = str(uuid7()), self.either(2000, 5000)
        if self.known.charges and self.often(0.1):
            charge, amount = self.known.charges[-1]
        else:
            self.known.charges.append((charge, amount))
        due = {"charge_id": charge, "line": "ban_sao", "amount": amount, "due_at": self.either("reception", "return")}
        return Wanted(self.at | {"charges": [due | {"of": self.either("agency", "post")}]})

    def lines_owed(self) -> list[Body]:
        return [{"charge_id": charge, "amount": amount} for charge, amount in self._lines()]

    def paid_by(self, kind: str) -> Body:
        """What is the same for all cases of a family is not said yet: the order, the number."""
        if kind == "collect":
            return {"means": "cash"}
        return {"payment_id": str(uuid7()), "account_id": str(self.shared.account)}

    def collect(self) -> Wanted:
        """The exact money, a note that is too large, once more than it is, or on a slip that was used before. A desk is
        given its number; sometimes it says one all the same."""
        body = paid(self.visit, self._slip(), *self._lines())
        if self.at_desk and self.often(0.9):
            del body["slip_number"]
        if self.often(0.15):
            body |= {"total": body["total"] + 1000, "tendered": body["total"] + 1000}
        elif self.often(0.3):
            body |= {"tendered": body["total"] + 6000, "change": 6000}
        return Wanted(body)

    def _slip(self) -> int:
        owner = self.me if self.me in self.shared.slips else self.chance.choice(list(self.shared.slips))
        self.shared.slips[owner] = max(1, self.shared.slips[owner] + int(self.often(0.9)))
        return self.shared.slips[owner]

    def show_payment_code(self) -> Wanted:
        if self.known.payments and self.often(0.2):
            return Wanted(self.known.payments[-1])
        if self.at_desk and self.often(0.9):
            body = code(self.visit, self.shared.account, "", *self._lines())
            del body["reference"]
            return Wanted(body)
        mine = self.shared.references.get(self.me) or self.chance.choice(list(self.shared.references.values()))
        reference = mine.pop() if len(mine) > 1 else mine[-1]
        body = code(self.visit, self.shared.account, reference, *self._lines())
        begun = [one for case in self.cases for one in case.payments if one.get("order")]
        if begun and self.often(0.4):
            body |= {name: begun[-1][name] for name in ("reference", "order")}
        elif self.often(0.3):
            body |= {"order": {"id": str(uuid7()), "total": body["total"] + self.either(0, 2000, 8000)}}
        self.known.payments.append(body)
        return Wanted(body)

    def _payment(self) -> str:
        waiting = self.listed("payment", "waiting_transfer", "said_sent", "short")
        return self.one(waiting or [body["payment_id"] for body in self.known.payments], str(uuid7()))

    def record_transfer_said(self) -> Wanted:
        return Wanted({"payment_id": self._payment()})

    def record_unpaid(self) -> Wanted:
        because = self.either("no_money_now", "disputes_amount", "claims_exemption", "refuses")
        return Wanted(self.at | {"charge_ids": [line for line, _ in self._lines()], "reason": because})

    def claim_relief(self) -> Wanted:
        return Wanted(self.at | {"charge_id": self.charge[0], "relief": "ho_ngheo"})

    def exempt(self) -> Wanted:
        open_ones = self.listed("charge", "due", "unpaid", "waiting_transfer", "settled")
        return Wanted({"charge_id": self.one(open_ones, self.charge[0]), "relief": "ho_ngheo"})

    def void_charge(self) -> Wanted:
        open_ones = self.listed("charge", "due", "unpaid", "waiting_transfer")
        return Wanted({"charge_id": self.one(open_ones, self.charge[0]), "reason": "mistake"})

    def recount_charge(self) -> Wanted:
        charge = self.one(self.listed("charge", "settled", "receipted"), self.charge[0])
        amount = dict(self.known.charges).get(charge, 8000)
        return Wanted({"charge_id": charge, "amount": max(1, amount - self.either(1000, 3000, -500))})

    def match_bank_credit(self) -> Wanted:
        if (rests := self.known.told.get("rests")) and self.often():
            whole, left = self.chance.choice(rests).split()
            rest = {"part_of": whole, "amount": int(left) + self.either(0, 0, 0, 1, -1)}
            return Wanted({"credit_id": str(uuid7()), "payment_id": self._payment(), "rest": rest})
        credit = self.one(self.known.told.get("credits", []), str(uuid7()))
        return Wanted({"credit_id": credit, "payment_id": self._payment()})

    def _refund(self, *states: str) -> str:
        return self.one(self.listed("refund", *states) or self.known.told.get("refunds", []), str(uuid7()))

    def open_refund(self) -> Wanted:
        body = {"refund_id": str(uuid7()), "amount": self.either(500, 1000), "cause": "overpaid"}
        return Wanted(body | {"payment_id": self._payment()} if self.often() else body)

    def approve_refund(self) -> Wanted:
        return Wanted({"refund_id": self._refund("due")})

    def pay_refund(self) -> Wanted:
        return Wanted({"refund_id": self._refund("approved"), "means": self.either("cash", "transfer")})

    def drop_refund(self) -> Wanted:
        return Wanted({"refund_id": self._refund("due", "approved"), "reason": "mistake"})

    # A courier's day

    def _of_shift(self, body: Body, *states: str) -> Wanted:
        """The own day, but for what a desk does about those of others: `states`."""
        others = list(self.shared.shifts.values())
        mine = self.shared.shifts.get(self.me, others[-1] if others else uuid7())
        if states and others:
            mine = UUID(self.one(self.listed("shift", *states), str(self.chance.choice(others))))
        return Wanted(body, subject=("shift", mine))

    def begin_shift(self) -> Wanted:
        if self.me not in self.shared.shifts or self.often():
            self.shared.shifts[self.me] = uuid7()
        return self._of_shift({"unit": str(self.shared.units["post"]), "day": self.day, "float_amount": 200_000})

    def remit(self) -> Wanted:
        cash = self.shared.cash if self.at_desk else 0
        amount = self.either(cash or 5000, 5000, 100_000)
        return self._of_shift({"amount": amount, "unit": str(self.shared.units["post"])})

    def accept_jobs(self) -> Wanted:
        return self._of_shift({"jobs": []})

    def _count(self) -> Body:
        left = self.shared.numbers.get(self.me, []) if not self.at_desk else self.shared.sets
        right = max(0, self.shared.cash) if self.at_desk and self.often(0.7) else 200_000
        body: Body = {"counted": self.either(right, right + 8000, 190_000), "sets_left": left}
        body |= {} if self.often(0.5) else {"sets_left": None}
        return body | {"reason": self.either(None, "counted_wrong")}

    def close_shift(self) -> Wanted:
        return self._of_shift(self._count())

    def close_shift_provisionally(self) -> Wanted:
        return self._of_shift(self._count() | {"awaited": self.either(8000, 12_000, 0)})

    def countersign_close(self) -> Wanted:
        return self._of_shift({}, "counted", "provisional")

    def record_variance(self) -> Wanted:
        reason = self.either("phone_lost", "slip_lost", "counted_wrong")
        return self._of_shift({"amount": self.either(8000, 1000), "reason": reason}, "provisional")

    # Incidents

    def _touched(self) -> list[Body]:
        case = str(self.known.case)
        thing = self.either(
            {"case_id": case, "kind": "case", "id": case},
            {"case_id": case, "kind": "paper", "id": self.paper},
            {"case_id": case, "kind": "parcel", "id": self.parcel},
        )
        return [thing]

    def report_incident(self) -> Wanted:
        body = {
            "cause": self.either("lost", "wet", "torn", "seal_broken", "dog", "money_short", "wrong_person"),
            "unit": str(self.shared.units["post"]),
            "touches": self._touched() if self.often(0.9) else [],
        }
        incident = self.or_again(self.shared.incidents)
        return Wanted(body, {"place": "Cầu Rạch Miễu", "note": "Rơi khi qua cầu."}, ("incident", UUID(incident)))

    def _of_incident(self, body: Body, personal: Body | None = None, states: Sequence[str] = ()) -> Wanted:
        incident = self.one(self.listed("incident", *states) or self.shared.incidents, str(uuid7()))
        return Wanted(body, personal, ("incident", UUID(incident)))

    def add_to_incident(self) -> Wanted:
        body = {"touches": self._touched(), "photographs": ["c" * 64]}
        return self._of_incident(body, {"note": "Đã tìm cả bờ."})

    def take_on_incident(self) -> Wanted:
        return self._of_incident({}, states=("reported",))

    def end_incident(self) -> Wanted:
        endings: tuple[Body, ...] = (
            {"ending": "no_damage"},
            {"ending": "found"},
            {"ending": "compensated", "postage": 26_000, "compensation": self.either(130_000, 1000)},
            {"ending": "replaced", "helped_by": str(self.shared.units["one_stop"]), "paid_by": "post"},
        )
        return self._of_incident(self.chance.choice(endings), states=("being_handled",))

    def reopen_incident(self) -> Wanted:
        ended = ("found", "replaced", "compensated", "no_damage")
        return self._of_incident({"reason": "citizen_disagrees"}, states=ended)
