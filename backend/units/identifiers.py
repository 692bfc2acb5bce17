"""Mã định danh cơ quan: one canonical identifier, two spellings that live side by side. Pure: no I/O.

QĐ 20/2020/QĐ-TTg writes the first level first (`H20.14`); TT 10/2016/TT-BTTTT the last level first, in four groups
filled with zeros (`000.00.14.H20`). The canonical one is the former, with groups of at least 2, 2 and 3 digits.
"""

import re

import msgspec

from backend.units.errors import BadAgencyIdentifier

_LONG = re.compile(r"([0-9]{3})\.([0-9]{2})\.([0-9]{2})\.([A-Z][0-9]{2})")
_SHORT = re.compile(r"([A-Z][0-9]{2})((?:\.[0-9]{1,3}){0,3})")
_DIGITS = (2, 2, 3)
"""Of the groups of levels 2, 3 and 4 in the spelling of TT 10/2016."""


class AgencyIdentifier(msgspec.Struct, frozen=True):
    """`canonical`: `H20.12`. `long`: `000.00.12.H20`; None when a group has more digits than that spelling holds."""

    canonical: str
    long: str | None


def read_identifier(text: str) -> AgencyIdentifier:
    """Either spelling, in capitals or not. Raises BadAgencyIdentifier."""
    written = text.strip().upper()
    if match := _LONG.fullmatch(written):
        head, groups = match[4], [match[3], match[2], match[1]]
        while groups and not int(groups[-1]):
            groups.pop()
    elif match := _SHORT.fullmatch(written):
        head, groups = match[1], match[2].split(".")[1:]
    else:
        raise BadAgencyIdentifier(f"“{text}” không phải mã định danh. Viết như H20.12 hoặc 000.00.12.H20.")
    if not all(int(group) for group in groups):
        raise BadAgencyIdentifier(f"Mã định danh “{text}” thiếu một cấp ở giữa. Kiểm tra lại các nhóm số.")
    groups = [group.zfill(digits) for group, digits in zip(groups, _DIGITS, strict=False)]
    return AgencyIdentifier(canonical=".".join([head, *groups]), long=_long(head, groups))


def _long(head: str, groups: list[str]) -> str | None:
    if any(len(group) > digits for group, digits in zip(groups, _DIGITS, strict=False)):
        return None
    filled = groups + ["0" * digits for digits in _DIGITS[len(groups) :]]
    return ".".join([*reversed(filled), head])
