"""Each đồng is in one account: the entries balance, and come to what the acts say was taken, given and counted."""

from collections import Counter
from collections.abc import Mapping, Sequence

from backend.database import Transaction
from tests.model.apart import apart
from tests.model.books import Books
from tests.model.records import Record

ALL_ONE = {"bank": "bank", "suspense": "suspense", "variance": "variance", "agency": "payees", "postage": "payees"}
"""Kinds of accounts of which the acts tell the sum alone."""


async def money_differs(tx: Transaction, acts: Sequence[Record]) -> list[str]:
    shifts = {
        str(row["shift_id"]): (row["courier"], row["unit_id"])
        for row in await tx.all("SELECT shift_id, courier, unit_id FROM shifts")
    }
    books = Books(shifts)
    for act in acts:
        books.follow(act)
    transfers = await tx.all("SELECT transfer_id FROM entries GROUP BY transfer_id HAVING sum(amount) <> 0")
    found = [f"transfer {row['transfer_id']} does not balance" for row in transfers]
    rows = await tx.all("SELECT account, sum(amount)::bigint AS amount FROM entries GROUP BY account")
    ledger = {row["account"]: row["amount"] for row in rows}
    found += _accounts(ledger, books)
    found += await _charges(tx, books)
    found += await _refunds(tx, books)
    return found + _credits(books) + await _balances(tx, ledger)


def _accounts(ledger: Mapping[str, int], books: Books) -> list[str]:
    kept: Counter[str] = Counter()
    for name, amount in ledger.items():
        kept[ALL_ONE.get(name.partition(":")[0], name)] += amount
    return apart("account", kept, books.accounts, otherwise=0)


async def _charges(tx: Transaction, books: Books) -> list[str]:
    """Each is of the amount that was said, settled by one act or by none, and released by one or by none."""
    rows = await tx.all(
        "SELECT charge_id, case_id, amount, coalesce(counted, amount) AS final, settled_by, released_by FROM charges"
    )
    kept = {str(row["charge_id"]): tuple(row.values())[1:] for row in rows}
    told = {name: (one.case, one.amount, one.final, one.settled, one.released) for name, one in books.charges.items()}
    return apart("charge", kept, told)


async def _refunds(tx: Transaction, books: Books) -> list[str]:
    rows = await tx.all(
        "SELECT refund_id, case_id, amount, paid, state IN ('due', 'approved') AS owed, payment_id::text FROM refunds"
    )
    kept = {str(row["refund_id"]): tuple(row.values())[1:] for row in rows}
    told = {name: (one.case, one.amount, one.paid, one.owed, one.order) for name, one in books.refunds.items()}
    return apart("refund", kept, told)


def _credits(books: Books) -> list[str]:
    """What is a citizen's has refunds, or somebody said that it stays; and no more goes back than is the citizen's, but
    for what went out against the rules."""
    owed: Counter[str] = Counter()
    stays: Counter[str] = Counter()
    for refund in books.refunds.values():
        (owed if refund.owed else stays)[f"credit:{refund.case}"] += 0 if refund.paid else refund.amount
    theirs = {name: -amount for name, amount in books.accounts.items() if name.startswith("credit:")}
    beyond = {f"credit:{case}": amount for case, amount in books.beyond.items()}
    return [
        f"{name}: {left} đồng of a citizen, {owed[name]} are to go back, {stays[name]} were to stay"
        for name, left in theirs.items()
        if not left <= owed[name] + stays[name] or not owed[name] <= left + beyond.get(name, 0)
    ]


async def _balances(tx: Transaction, ledger: Mapping[str, int]) -> list[str]:
    balances = {row["account"]: row["amount"] for row in await tx.all("SELECT account, amount FROM balances")}
    bounded = {name: amount for name, amount in ledger.items() if name.startswith(("cash:", "till:"))}
    return apart("balance", balances, bounded, otherwise=0)
