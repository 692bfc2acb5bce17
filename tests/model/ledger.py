"""Each đồng is in one account: the entries balance, and come to what the acts say was taken, given and counted."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from backend.database import Transaction
from tests.model.records import Record


class Books:
    """Of cash, tills and what stands with banks, in đồng, and of charges, from the acts alone."""

    def __init__(self, refunds: Mapping[str, int], shifts: Mapping[str, Any]) -> None:
        self.accounts: Counter[str] = Counter()
        self.charges: dict[str, tuple[str, int]] = {}
        self.settled: dict[str, str] = {}
        self.released: set[str] = set()
        self.voided: set[str] = set()
        self.lines: dict[str, tuple[str, str, str]] = {}
        """Of each charge: the case, what for, whose."""
        self.counted: dict[str, int] = {}
        """Into the till, by shift."""
        self.entries: set[str] = set()
        self._refunds, self._shifts = refunds, shifts

    def follow(self, act: Record) -> None:
        if (does := DOES.get(act.kind)) is not None:
            does(self, act)

    def begin_shift(self, act: Record) -> None:
        self._between(f"till:{act.body['unit']}", f"cash:{act.actor}", act.body["float_amount"])

    def _between(self, giver: str, taker: str, amount: int) -> None:
        self.accounts[giver] -= amount
        self.accounts[taker] += amount

    def remit(self, act: Record) -> None:
        courier, _ = self._shifts[str(act.subject)]
        self._between(f"cash:{courier}", f"till:{act.body['unit']}", act.body["amount"])

    def count(self, act: Record) -> None:
        """Everything leaves the courier's hands, and what is awaited beforehand; the till has what was counted."""
        courier, unit = self._shifts[str(act.subject)]
        shift, counted = str(act.subject), act.body["counted"]
        self.accounts[f"cash:{courier}"] = -act.body.get("awaited", 0)
        self.accounts[f"till:{unit}"] += counted - self.counted.get(shift, 0)
        self.counted[shift] = counted

    def record_variance(self, act: Record) -> None:
        courier, _ = self._shifts[str(act.subject)]
        self.accounts[f"cash:{courier}"] += act.body["amount"]

    def owed(self, act: Record) -> None:
        """Each under its own id; a line that a desk names again is owed once."""
        case, named = str(act.subject), set[tuple[str, str, str]]()
        for line in act.body.get("charges", ()):
            of = (case, line["line"], line.get("of", "agency"))
            known = any(one == of and charge not in self.voided for charge, one in self.lines.items())
            if act.by_phone or not known or of in named:
                named.add(of)
                self.lines.setdefault(line["charge_id"], of)
                self.charges.setdefault(line["charge_id"], (case, line["amount"]))

    def collect(self, act: Record) -> None:
        self.accounts[f"cash:{act.actor}"] += act.body["total"]
        for line in act.body["lines"]:
            if line["charge_id"] not in self.released:
                self.settled.setdefault(line["charge_id"], str(act.id))

    def release(self, act: Record) -> None:
        """What nobody has paid is not owed any more."""
        charge = act.body["charge_id"]
        if charge not in self.settled:
            self.released.add(charge)
            self.voided |= {charge} if act.kind == "void_charge" else set()

    def pay_refund(self, act: Record) -> None:
        amount = self._refunds[act.body["refund_id"]]
        if act.body["means"] == "cash":
            self.accounts[f"cash:{act.actor}"] -= amount
        else:
            self.accounts["bank"] -= amount

    def came(self, act: Record) -> None:
        """Once per entry of the bank: of money in suspense it is only said whose it is."""
        if act.body["credit_id"] not in self.entries:
            self.entries.add(act.body["credit_id"])
            self.accounts["bank"] += act.body["amount"]


DOES: dict[str, Callable[[Books, Record], None]] = {
    "begin_shift": Books.begin_shift,
    "remit": Books.remit,
    "close_shift": Books.count,
    "close_shift_provisionally": Books.count,
    "record_variance": Books.record_variance,
    "confirm": Books.owed,
    "quote": Books.owed,
    "collect": Books.collect,
    "exempt": Books.release,
    "void_charge": Books.release,
    "pay_refund": Books.pay_refund,
    "record_unmatched_credit": Books.came,
    "record_bank_credit": Books.came,
}


async def money_differs(tx: Transaction, acts: Sequence[Record]) -> list[str]:
    refunds = {str(row["refund_id"]): row["amount"] for row in await tx.all("SELECT refund_id, amount FROM refunds")}
    shifts = {
        str(row["shift_id"]): (row["courier"], row["unit_id"])
        for row in await tx.all("SELECT shift_id, courier, unit_id FROM shifts")
    }
    books = Books(refunds, shifts)
    transfers = await tx.all("SELECT transfer_id FROM entries GROUP BY transfer_id HAVING sum(amount) <> 0")
    found = [f"transfer {row['transfer_id']} does not balance" for row in transfers]
    rows = await tx.all("SELECT account, sum(amount)::bigint AS amount FROM entries GROUP BY account")
    ledger = {row["account"]: row["amount"] for row in rows}
    charges = {str(row["charge_id"]): row for row in await tx.all("SELECT * FROM charges")}
    for act in acts:
        books.follow(act)
    found += _accounts(ledger, books)
    found += _charges(ledger, charges, books)
    return found + await _credits(tx, ledger) + await _balances(tx, ledger)


def _accounts(ledger: Mapping[str, int], books: Books) -> list[str]:
    kept: Counter[str] = Counter()
    for name, amount in ledger.items():
        kind = name.partition(":")[0]
        if kind in ("cash", "till"):
            kept[name] += amount
        elif kind == "bank":
            kept[kind] += amount
    names = {*kept, *books.accounts}
    return [
        f"{name}: {kept[name]} in the ledger, {books.accounts[name]} by the acts"
        for name in names
        if kept[name] != books.accounts[name]
    ]


def _charges(ledger: Mapping[str, int], charges: Mapping[str, Any], books: Books) -> list[str]:
    """Each is owed, settled by one act, or released by one; what a case owes is what is open."""
    found = [f"charge {key} is in the tables or in the acts alone" for key in charges.keys() ^ books.charges.keys()]
    due: Counter[str] = Counter()
    for key, row in charges.items():
        if row["settled_by"] is None and row["released_by"] is None:
            due[f"due:{row['case_id']}"] += row["amount"]
        by = books.settled.get(key)
        if by is not None and str(row["settled_by"]) != by and row["settled_by"] is None:
            found.append(f"charge {key} was paid by {by} and is not settled")
        if row["amount"] != books.charges.get(key, ("", row["amount"]))[1]:
            found.append(f"charge {key} is of another amount than was said")
    names = {*due, *(name for name in ledger if name.startswith("due:"))}
    return found + [
        f"{name}: {ledger.get(name, 0)} in the ledger, {due.get(name, 0)} open"
        for name in names
        if ledger.get(name, 0) != due.get(name, 0)
    ]


async def _credits(tx: Transaction, ledger: Mapping[str, int]) -> list[str]:
    """What is a citizen's has refunds with an owner and a day, or was said to stay the citizen's."""
    rows = await tx.all(
        """SELECT case_id, sum(amount) FILTER (WHERE state IN ('due', 'approved'))::bigint AS owed,
                  sum(amount)::bigint AS named, sum(paid)::bigint AS paid
           FROM refunds GROUP BY case_id"""
    )
    refunds = {f"credit:{row['case_id']}": row for row in rows}
    found: list[str] = []
    for name, amount in ledger.items():
        if not name.startswith("credit:"):
            continue
        row = refunds.get(name)
        if amount and row is None:
            found.append(f"{name}: {-amount} đồng of a citizen have no refund")
        elif row is not None and not row["paid"] and -amount < (row["owed"] or 0):
            found.append(f"{name}: {-amount} đồng, but {row['owed']} are to go back")
    return found


async def _balances(tx: Transaction, ledger: Mapping[str, int]) -> list[str]:
    balances = {row["account"]: row["amount"] for row in await tx.all("SELECT account, amount FROM balances")}
    bounded = {name: amount for name, amount in ledger.items() if name.startswith(("cash:", "till:"))}
    return [
        f"{name}: {balances.get(name, 0)} kept, {bounded.get(name, 0)} by its entries"
        for name in {*balances, *bounded}
        if balances.get(name, 0) != bounded.get(name, 0)
    ]
