"""Examples for the description of the API, put together from schemas: tests decode each as what it stands for."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
_ANY = UUID("0199c0de-0000-7000-8000-000000000010")
_VALUES: dict[str, Any] = {
    "account": "0071001234567",
    "amount": 8000,
    "bank_bin": "970436",
    "change": 2000,
    "channel": "hotline",
    "commune_code": "30112",
    "component": "ban_chinh_giay_to",
    "condition": "good",
    "corners": [[900, 600], [9150, 480], [9300, 9300], [760, 9420]],
    "cursor": "0199c0de000040008000000000000009-2f1",
    "day": "2026-11-25",
    "document": "slip",
    "dossier_code": "H20.12-261123-0007",
    "due_at": "reception",
    "form": "original",
    "holder": "BUU DIEN TINH DONG THAP",
    "holder_kind": "courier",
    "label": "E*2Z4VE*2TEVFKQTSV.U0Y+EQPP/FV8*LS5LQ80D",
    "line": "le_phi",
    "lines": [{"charge_id": str(_ANY), "amount": 8000}],
    "linked": ["2.000635"],
    "media_type": "image/webp",
    "next_seq": 4,
    "occurred_at": "2026-11-25T00:30:00Z",
    "originals": 1,
    "page_number": 1,
    "photographs": [_SHA256],
    "place": "home",
    "procedure": "2.000635",
    "purpose": "collect",
    "reason": "citizen_asked",
    "recipient_class": "owner",
    "result_from": None,
    "reference": "DT4A6C7D9E",
    "sha256": _SHA256,
    "state": "booked",
    "tendered": 10000,
    "time_window": "07:00-08:00",
    "total": 8000,
    "version": 3,
    "visit_commune": "30112",
    "window": "07:00-08:00",
}
"""What stands in the examples under these names."""
_TEXTS = {"version": "2026-01"}
"""Of names that are a number elsewhere."""
_TIMES = ("now", "server_time", "valid_from", "lease_until")
_BY_PATTERN = {"^[0-9a-f]{64}$": _SHA256, "^[VH][0-9]{2}$": "V01"}


def example_of(schema: Mapping[str, Any], among: Mapping[str, Any], name: str = "") -> Any:
    """A value that fits `schema`, whose references lead into `among`. `name`: of the field it is for.

    Everything an object may have is in it; what may be null is null unless its name is known here.
    """
    if "$ref" in schema:
        return example_of(among[schema["$ref"].rpartition("/")[2]], among, name)
    if "anyOf" in schema:
        fitting = [one for one in schema["anyOf"] if one.get("type") != "null"]
        may_be_null = len(fitting) < len(schema["anyOf"])
        return None if may_be_null and name not in _VALUES else example_of(fitting[0], among, name)
    if schema.get("type") == "object":
        return {key: example_of(one, among, key) for key, one in schema.get("properties", {}).items()}
    known = _TEXTS.get(name) if schema.get("type") == "string" and name in _TEXTS else _VALUES.get(name)
    given = schema.get("enum") or [_BY_PATTERN.get(schema.get("pattern", ""), known)]
    if given[0] is not None:
        return given[0]
    if schema.get("type") == "array":
        return [example_of(schema["items"], among, name)]
    return _plain(schema, name)


def _plain(schema: Mapping[str, Any], name: str) -> object:
    match schema.get("type"), schema.get("format"):
        case "integer", _:
            return max(schema.get("minimum", 1), 1)
        case "boolean", _:
            return False
        case _, "uuid":
            return str(_ANY)
        case _, "date":
            return _VALUES["day"]
        case _ if name.endswith("_at") or name in _TIMES:
            return _VALUES["occurred_at"]
        case _:
            return name[: schema.get("maxLength", 40)]
