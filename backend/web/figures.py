"""What acts of money and custody say in numbers. Pure: no I/O."""

from typing import Any

import msgspec


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """What an act of money or custody says in numbers: đồng, papers, parcels. Nothing personal."""

    amount: int | None = None
    papers: int | None = None
    parcels: int | None = None


class Numbers(msgspec.Struct, frozen=True):
    """What bodies of money and custody have of numbers."""

    total: int | None = None
    amount: int | None = None
    float_amount: int | None = None
    counted: int | None = None
    papers: list[Any] | None = None
    paper_ids: list[Any] | None = None
    parcel_ids: list[Any] | None = None


def figures_in(body: Numbers, *, counts: bool = False) -> Figures:
    """`counts`: what was counted is money."""
    sums = (body.total, body.amount, body.float_amount, body.counted if counts else None)
    papers, parcels = body.papers if body.papers is not None else body.paper_ids, body.parcel_ids
    return Figures(
        amount=next((one for one in sums if one is not None), None),
        papers=len(papers) if papers else None,
        parcels=len(parcels) if parcels else None,
    )
