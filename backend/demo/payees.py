"""Where the demo's citizens pay: an invented account of every post. Pure: no I/O."""

from datetime import date

from backend.demo.cast import posts_today, unit_names
from backend.demo.handout import PayeeIn
from backend.fees.payment_model import PayeeAccount
from backend.fees.vietqr import plain
from backend.ids import derived
from backend.units.demo import demo_units

_BIN = "970449"
"""LPBank, the post's own partner."""
_SINCE = date(2025, 7, 1)


def payees() -> list[PayeeAccount]:
    names = {unit: name for name, unit in unit_names().items()}
    communes = {unit.id: unit.commune_code for unit in demo_units().units}
    return [
        PayeeAccount(
            id=derived("demo-payee", post.hex),
            unit_id=post,
            bank_bin=_BIN,
            account=f"0277{communes[post]}0001",
            holder=plain(names[post])[:25].rstrip(),
            source="Dữ liệu mẫu của bản trình diễn",
            valid_from=_SINCE,
        )
        for post in posts_today()
    ]


def handed_out(account: PayeeAccount) -> PayeeIn:
    return PayeeIn(
        account_id=account.id,
        unit=account.unit_id,
        bank_bin=account.bank_bin,
        account=account.account,
        holder=account.holder,
    )
