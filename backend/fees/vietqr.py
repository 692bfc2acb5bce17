"""VietQR, the code of a bank transfer (NAPAS, version 1.0 of 9/2021; EMVCo merchant-presented QR). Pure.

A code is a row of fields: two digits of id, two of length, the text. Fields 38 and 62 hold such rows themselves. Field
63, always last, is a CRC-16 over everything before it and over its own `6304`. All text is printable ASCII, lengths
count its characters. An account may be letters and digits (virtual accounts), so it is text and never a number.
"""

import binascii
import re
import unicodedata
from collections.abc import Mapping
from typing import Literal

import msgspec

from backend.errors import Invalid

AID = "A000000727"
MOST = 499_999_999
"""Đồng in one transfer between banks (NAPAS 247)."""
Service = Literal["QRIBFTTA", "QRIBFTTC", "QRCASH"]
"""To an account, to a card, cash at a machine."""
_SERVICES: dict[str, Service] = {"QRIBFTTA": "QRIBFTTA", "QRIBFTTC": "QRIBFTTC", "QRCASH": "QRCASH"}
_FIELDS = frozenset({"00", "01", "38", "52", "53", "54", "58", "59", "60", "61", "62", "63"})
_LONGEST = {"52": 4, "54": 13, "59": 25, "60": 15, "61": 10}
_ADDITIONAL = {f"{number:02}": 25 for number in range(1, 10)}
_ASCII = re.compile(r"[ -~]*")
_ACCOUNT = re.compile(r"[0-9A-Za-z]{1,19}")
_AMOUNT = re.compile(r"([1-9][0-9]{0,12})(\.0{1,2})?")
_WITH_STROKE = str.maketrans({"đ": "d", "Đ": "D"})


class VietQrUnreadable(Invalid):
    """Mã VietQR không đúng."""


class Transfer(msgspec.Struct, frozen=True, kw_only=True):
    """What a code asks for. `amount` in đồng; None: whoever pays types it (a static code). `more`: field 62 by id, such
    as `01` bill, `05` reference, `08` purpose."""

    bin: str
    account: str
    amount: int | None = None
    service: Service = "QRIBFTTA"
    name: str | None = None
    city: str | None = None
    more: Mapping[str, str] = {}


def crc(text: str) -> str:
    """CRC-16/CCITT-FALSE in four upper-case hexadecimal digits: `123456789` -> `29B1`."""
    return f"{binascii.crc_hqx(text.encode('ascii'), 0xFFFF):04X}"


def plain(text: str) -> str:
    """Without tone marks, đ as d: what a bank prints. `Bưu điện Tháp Mười` -> `Buu dien Thap Muoi`."""
    apart = unicodedata.normalize("NFD", text.translate(_WITH_STROKE))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def encode(transfer: Transfer) -> str:
    """The text of the QR. Raises VietQrUnreadable for what no bank's application would read."""
    parts = [
        _field("00", "01"),
        _field("01", "11" if transfer.amount is None else "12"),
        _field("38", _payee(transfer)),
        _field("53", "704"),
        _field("54", "" if transfer.amount is None else str(transfer.amount)),
        _field("58", "VN"),
        _field("59", plain(transfer.name or "")),
        _field("60", plain(transfer.city or "")),
        _field("62", "".join(_field(name, plain(value)) for name, value in sorted(transfer.more.items()))),
    ]
    text = "".join(parts) + "6304"
    text += crc(text)
    decode(text)  # the strict reader is the only list of rules
    return text


def _payee(transfer: Transfer) -> str:
    to = _field("00", transfer.bin) + _field("01", transfer.account)
    return _field("00", AID) + _field("01", to) + _field("02", transfer.service)


def _field(name: str, value: str) -> str:
    if not _ASCII.fullmatch(value):
        raise VietQrUnreadable("Chữ trong mã phải không dấu. Sửa tài khoản nhận hoặc nội dung rồi tạo lại mã.")
    if len(value) > 99:
        raise VietQrUnreadable("Nội dung trong mã quá dài. Rút ngắn nội dung rồi tạo lại mã.")
    return f"{name}{len(value):02}{value}" if value else ""


def decode(text: str) -> Transfer:
    """Strict: unknown and repeated fields, wrong lengths, another currency, a wrong CRC are refused.

    Raises VietQrUnreadable, which says what is wrong.
    """
    if not _ASCII.fullmatch(text) or text[-8:-4] != "6304" or crc(text[:-4]) != text[-4:]:
        raise _broken("mã kiểm tra không khớp")
    fields = _read(text)
    if next(iter(fields)) != "00" or next(reversed(fields)) != "63" or not fields.keys() <= _FIELDS:
        raise _broken("có trường lạ hoặc sai thứ tự")
    for name, value in (("00", "01"), ("53", "704"), ("58", "VN")):
        if fields.get(name) != value:
            raise _broken(f"trường {name} không phải {value}")
    for name, most in _LONGEST.items():
        if len(fields.get(name, "")) > most:
            raise _broken(f"trường {name} dài quá {most} chữ")
    amount = _amount(fields)
    payee = _read(fields.get("38", ""))
    to = _read(payee.get("01", ""))
    return Transfer(
        bin=to.get("00", ""),
        account=to.get("01", ""),
        amount=amount,
        service=_service(payee, to),
        name=fields.get("59"),
        city=fields.get("60"),
        more=_additional(fields.get("62", "")),
    )


def _amount(fields: Mapping[str, str]) -> int | None:
    method, amount = fields.get("01"), fields.get("54")
    if method not in ("11", "12") or (method == "11" and amount is not None):
        raise _broken("mã tĩnh không mang số tiền")
    if amount is None:
        return None
    whole = _AMOUNT.fullmatch(amount)
    if whole is None or int(whole[1]) > MOST:
        raise _broken("số tiền không đúng")
    return int(whole[1])


def _service(payee: Mapping[str, str], to: Mapping[str, str]) -> Service:
    if set(payee) != {"00", "01", "02"} or set(to) != {"00", "01"} or payee["00"] != AID:
        raise _broken("thông tin người nhận không theo NAPAS")
    if not re.fullmatch(r"[0-9]{6}", to["00"]) or not _ACCOUNT.fullmatch(to["01"]):
        raise _broken("ngân hàng hoặc số tài khoản không đúng")
    if payee["02"] not in _SERVICES:
        raise _broken("dịch vụ không phải chuyển tiền")
    return _SERVICES[payee["02"]]


def _additional(text: str) -> dict[str, str]:
    found = _read(text)
    if any(len(value) > _ADDITIONAL.get(name, 0) for name, value in found.items()):
        raise _broken("nội dung bổ sung có trường lạ hoặc quá dài")
    return found


def _read(text: str) -> dict[str, str]:
    """The fields of a row, in order. Raises VietQrUnreadable for a length that runs past the end, and for a field that
    is empty or stands twice."""
    found: dict[str, str] = {}
    while text:
        name, length, text = text[:2], text[2:4], text[4:]
        if not re.fullmatch(r"[0-9]{4}", name + length) or name in found:
            raise _broken("không đọc được các trường")
        value, text = text[: int(length)], text[int(length) :]
        if not value or len(value) < int(length):
            raise _broken("độ dài trường không khớp")
        found[name] = value
    return found


def _broken(why: str) -> VietQrUnreadable:
    return VietQrUnreadable(f"Mã VietQR không dùng được: {why}. Tạo lại mã, không sửa tay.")
