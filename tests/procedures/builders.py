"""Versions of procedures for tests."""

from datetime import date
from typing import Any

from backend.ids import derived
from backend.procedures.model import Content, FeeLine, FeeUnit, LegalBasis, ProcedureVersion, Tier

COPIES = FeeLine(
    code="phi",
    name="Phí chứng thực bản sao",
    unit=FeeUnit.PAGE,
    per=FeeUnit.COPY,
    tiers=(Tier(first=1, amount=2000), Tier(first=3, amount=1000)),
    cap=200_000,
)
"""The tariff of S18."""
DECISION = LegalBasis(number="Nghị quyết 9/2026/NQ-HĐND", issued=date(2026, 11, 20), issuer="HĐND tỉnh Đồng Tháp")


def a_version(code: str = "2.000815", *, content: Content | None = None, **changes: Any) -> ProcedureVersion:
    known: dict[str, Any] = {
        "id": derived("test-procedure", code, str(changes.get("valid_from")), str(changes.get("name"))),
        "code": code,
        "name": "Chứng thực bản sao từ bản chính",
        "official": True,
        "legal_basis": (DECISION,),
        "content": content or Content(fees=(COPIES,)),
        "source": "thử",
    }
    return ProcedureVersion(**(known | changes))


def with_line(**changes: Any) -> ProcedureVersion:
    """One fee line, of 8.000 a dossier unless told otherwise."""
    known: dict[str, Any] = {"code": "le_phi", "name": "Lệ phí", "tiers": (Tier(first=1, amount=8000),)}
    return a_version(content=Content(fees=(FeeLine(**(known | changes)),)))
