"""Fills forms in, rightly: every field that is asked, each from a source that it may have."""

import random

from backend.eforms.forms import Sheet
from backend.eforms.model import Field, Filled

NAMES = ("Nguyễn Thị Sáu", "Lê Văn Tư", "Trần Quốc Bảo", "Võ Thị Ánh Tuyết", "H'Hen Niê")
PLACES = ("Ấp 1, xã Tân Công Sính, tỉnh Đồng Tháp", "12/5 Nguyễn Huệ, phường Cao Lãnh", "Bệnh viện Đa khoa Đồng Tháp")
RIGHT: dict[str, tuple[str, ...]] = {
    "text": ("Kinh", "Việt Nam", "UBND xã Tân Công Sính", "Số 12, quyển 01/1998"),
    "long": PLACES,
    "name": NAMES,
    "date": ("1990-03-05", "2024-02-29", "2026-11-20"),
    "born": ("1954", "1987-12-31", "2000-02-29"),
    "number": ("087154001234", "087200012345"),
    "identity": ("087154001234", "340123456", "B1234567"),
    "phone": ("0912345678", "02773851234"),
    "email": ("ba.sau@dongthap.gov.vn", "a@b.vn"),
    "time": ("00:00", "08:30", "23:59"),
    "count": ("1", "9", "12", "99"),
}


class Filling:
    """By the schema's own conditions, not by the code that is tested."""

    def __init__(self, sheet: Sheet, chance: random.Random) -> None:
        self.sheet = sheet
        self.random = chance

    def filled(self) -> Filled:
        values: dict[str, str] = {}
        sources: dict[str, str] = {}
        for name in self.sheet.form.in_order():
            if self._is_asked(name, values) and (self._is_required(name, values) or self.random.random() < 0.5):
                field = self.sheet.form.fields[name]
                values[name] = self._value(field)
                sources[name] = self.random.choice([one.kind.value for one in field.sources])
        return Filled(values=values, sources=sources)

    def _value(self, field: Field) -> str:
        return self.random.choice(tuple(field.words) if field.words else RIGHT[field.type.rpartition("/")[2]])

    def _conditions(self) -> list[tuple[str, list[str], list[str], list[str]]]:
        """Of each: the field it looks at, the answers for which it holds, which fields it asks, which it requires."""
        found: list[tuple[str, list[str], list[str], list[str]]] = []
        for one in self.sheet.schema.get("allOf", ()):
            [(name, among)] = one["if"]["properties"].items()
            found.append(
                (name, among["enum"], list(one["else"]["properties"]), one.get("then", {}).get("required", []))
            )
        return found

    def _is_asked(self, name: str, values: dict[str, str]) -> bool:
        return all(values.get(of) in among for of, among, asked, _ in self._conditions() if name in asked)

    def _is_required(self, name: str, values: dict[str, str]) -> bool:
        needed = any(values.get(of) in among for of, among, _, required in self._conditions() if name in required)
        return needed or name in self.sheet.schema["required"]
