"""The books of money, kept again from the acts alone: each account in đồng, charges, orders and refunds."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from backend.ids import child
from tests.model.records import Record


@dataclass
class Charge:
    """One line that was named to a citizen. `what`: for what, and whose money it is. `settled`, `released`: by which
    act. `final`: as it was counted at last."""

    case: UUID
    what: tuple[str, str]
    amount: int
    final: int
    settled: UUID | None = None
    released: UUID | None = None
    voided: bool = False

    @property
    def wants_money(self) -> bool:
        return self.settled is None and self.released is None


@dataclass
class Refund:
    """What a citizen gets back. `owed`: somebody still has to give it. `order`: what it was paid too much on."""

    case: UUID
    amount: int
    order: str | None = None
    short: bool = False
    paid: int = 0
    owed: bool = True


@dataclass
class Order:
    """What one payment code asks for. `received`, `used`: đồng that came, and that settled charges."""

    charges: list[str]
    received: int = 0
    used: int = 0


@dataclass
class Books:
    """`shifts`: (courier, unit) by shift. Accounts of one kind that the acts cannot tell apart are one: `bank`,
    `suspense`, `variance`, and `payees` for agencies and postage."""

    shifts: Mapping[str, tuple[UUID, UUID]]
    accounts: Counter[str] = field(default_factory=Counter[str])
    charges: dict[str, Charge] = field(default_factory=dict[str, Charge])
    refunds: dict[str, Refund] = field(default_factory=dict[str, Refund])
    beyond: Counter[UUID] = field(default_factory=Counter[UUID])
    """By case: đồng that went out, or never came in, against the rules."""
    _orders: dict[tuple[UUID, str], Order] = field(default_factory=dict[tuple[UUID, str], Order])
    _counted: Counter[str] = field(default_factory=Counter[str])
    """Into the till, by shift."""
    _came: dict[str, int] = field(default_factory=dict[str, int])
    """By entry of a bank."""

    def follow(self, act: Record) -> None:
        if (does := DOES.get(act.kind)) is not None:
            does(self, act)

    def _between(self, giver: str, taker: str, amount: int) -> None:
        self.accounts[giver] -= amount
        self.accounts[taker] += amount

    # A courier's day

    def begin_shift(self, act: Record) -> None:
        self._between(f"till:{act.body['unit']}", f"cash:{act.actor}", act.body["float_amount"])

    def remit(self, act: Record) -> None:
        courier, _ = self.shifts[str(act.subject)]
        self._between(f"cash:{courier}", f"till:{act.body['unit']}", act.body["amount"])

    def count(self, act: Record) -> None:
        """Everything leaves the courier's hands, and what is awaited beforehand; the till has what was counted."""
        courier, unit = self.shifts[str(act.subject)]
        shift, counted = str(act.subject), act.body["counted"]
        leaves = self.accounts[f"cash:{courier}"] + act.body.get("awaited", 0)
        self._between(f"cash:{courier}", "variance", leaves)
        self._between("variance", f"till:{unit}", counted - self._counted[shift])
        self._counted[shift] = counted

    def record_variance(self, act: Record) -> None:
        courier, _ = self.shifts[str(act.subject)]
        self._between("variance", f"cash:{courier}", act.body["amount"])

    # What a citizen owes, and what becomes of it

    def owed(self, act: Record) -> None:
        """What a desk names is owed once, under whatever id it came first; at the door it has been said."""
        known = [] if act.by_phone else [one for one in self.charges.values() if one.case == act.subject]
        named = {one.what for one in known if not one.voided}
        for line in act.body.get("charges", ()):
            what = line["line"], line.get("of", "agency")
            if line["charge_id"] not in self.charges and what not in named:
                self.charges[line["charge_id"]] = Charge(act.subject, what, line["amount"], line["amount"])
                self._between("payees", f"due:{act.subject}", line["amount"])

    def collect(self, act: Record) -> None:
        total = act.body["total"]
        paid = self._settle(act, (line["charge_id"] for line in act.body["lines"]))
        self._between(f"credit:{act.subject}", f"cash:{act.actor}", total - paid)
        self._between(f"due:{act.subject}", f"cash:{act.actor}", paid)
        self.beyond[act.subject] += max(0, paid - total)
        self._owe_back(act, total - paid)

    def _settle(self, act: Record, lines: Iterable[str]) -> int:
        """Of these lines, those that still want money. Returns đồng."""
        wanting = [self.charges[line] for line in dict.fromkeys(lines) if self.charges[line].wants_money]
        for charge in wanting:
            charge.settled = act.id
        return sum(charge.amount for charge in wanting)

    def _owe_back(self, act: Record, rest: int, order: str | None = None, *, short: bool = False) -> None:
        if rest > 0:
            self.refunds[str(child(act.id, act.subject))] = Refund(act.subject, rest, order, short)

    def exempt(self, act: Record) -> None:
        """What was paid goes back."""
        charge = self.charges[act.body["charge_id"]]
        if charge.wants_money:
            self._release(act, charge)
            return
        charge.released = act.id
        self._counted_less(act, charge, 0)

    def void_charge(self, act: Record) -> None:
        charge = self.charges[act.body["charge_id"]]
        charge.voided = True
        self._release(act, charge)

    def _release(self, act: Record, charge: Charge) -> None:
        charge.released = act.id
        self._between(f"due:{act.subject}", "payees", charge.amount)

    def recount_charge(self, act: Record) -> None:
        self._counted_less(act, self.charges[act.body["charge_id"]], act.body["amount"])

    def _counted_less(self, act: Record, charge: Charge, amount: int) -> None:
        less, charge.final = charge.final - amount, amount
        self._between(f"credit:{act.subject}", "payees", less)
        self._owe_back(act, less)

    # Money by transfer

    def show_payment_code(self, act: Record) -> None:
        """Shown again it is the same order."""
        lines = dict.fromkeys(line["charge_id"] for line in act.body["lines"])
        self._orders.setdefault((act.subject, act.body["payment_id"]), Order(list(lines)))

    def came(self, act: Record) -> None:
        """Nobody knows yet whose it is."""
        self._came[act.body["credit_id"]] = act.body["amount"]
        self._between("suspense", "bank", act.body["amount"])

    def placed(self, act: Record) -> None:
        """Once per entry of the bank: money in suspense leaves that, other money comes now. It pays the whole order,
        with what came for it before, or nothing of it; what is left over goes back."""
        credit, name, rest = act.body["credit_id"], act.body["payment_id"], act.body.get("rest") or act.body
        waits = credit in self._came or rest.get("part_of") is not None
        source = "suspense" if waits else "bank"
        amount = self._came[credit] if credit in self._came else rest["amount"]
        self._came[credit] = amount
        order = self._orders[act.subject, name]
        own = [refund for refund in self.refunds.values() if (refund.case, refund.order) == (act.subject, name)]
        at_hand = order.received - order.used - sum(refund.paid for refund in own) + amount
        at_hand -= sum(refund.amount for refund in own if refund.owed and not refund.short)
        wanted = sum(self.charges[line].amount for line in order.charges if self.charges[line].wants_money)
        short = wanted > 0 and at_hand < wanted
        paid = 0 if short else self._settle(act, order.charges)
        for refund in own:
            refund.owed &= not (paid and refund.short)
        order.received, order.used = order.received + amount, order.used + paid
        self._between(f"credit:{act.subject}", source, amount - paid)
        self._between(f"due:{act.subject}", source, paid)
        self._owe_back(act, at_hand - paid if paid else amount, name, short=short)

    # Money that goes back

    def open_refund(self, act: Record) -> None:
        body, short = act.body, act.body["cause"] == "short"
        self.refunds[body["refund_id"]] = Refund(act.subject, body["amount"], body.get("payment_id"), short)

    def pay_refund(self, act: Record) -> None:
        """It has left, whether or not it was owed any more."""
        refund = self.refunds[act.body["refund_id"]]
        source = f"cash:{act.actor}" if act.body["means"] == "cash" else "bank"
        self._between(source, f"credit:{act.subject}", refund.amount)
        self.beyond[act.subject] += 0 if refund.owed else refund.amount
        refund.paid += refund.amount
        refund.owed = False

    def drop_refund(self, act: Record) -> None:
        self.refunds[act.body["refund_id"]].owed = False


DOES: dict[str, Callable[[Books, Record], Any]] = {
    "begin_shift": Books.begin_shift,
    "remit": Books.remit,
    "close_shift": Books.count,
    "close_shift_provisionally": Books.count,
    "record_variance": Books.record_variance,
    "confirm": Books.owed,
    "quote": Books.owed,
    "collect": Books.collect,
    "exempt": Books.exempt,
    "void_charge": Books.void_charge,
    "recount_charge": Books.recount_charge,
    "show_payment_code": Books.show_payment_code,
    "record_unmatched_credit": Books.came,
    "record_bank_credit": Books.placed,
    "match_bank_credit": Books.placed,
    "open_refund": Books.open_refund,
    "pay_refund": Books.pay_refund,
    "drop_refund": Books.drop_refund,
}
