"""Who may import whom, where a list of forbidden pairs would not say it. The rest: `[tool.importlinter]`."""

import tomllib
from pathlib import Path

from tests.house.sources import BACKEND, ROOT, capabilities, files, imports, shown

# They prove the server right or wrong, so they share nothing with it but the form of an act and the rules.
COMMON = {f"backend.acts.{name}" for name in ("envelope", "chain", "rules", "rule_file", "merkle", "note")}
JUDGES = {
    "verify": COMMON
    | {"backend.acts.reasons", "backend.acts.thresholds"}  # the rules' data beside the table
    | {"backend.config", "backend.migrate", "backend.postgres", "backend.postgres_binaries", "backend.postgres_place"},
    "simulate": COMMON,
}
# The batch door reads and writes the rows of all capabilities at once (see backend/sync/__init__.py).
READS_ALL = {"sync"}


def test_a_capability_is_asked_through_its_service_or_model_never_its_queries() -> None:
    wrong: list[str] = []
    for folder in capabilities():
        for path in folder.rglob("*.py"):
            for module in imports(path):
                parts = module.split(".")
                if parts[0] != "backend" or len(parts) < 3 or "queries" not in parts[2] or parts[1] == folder.name:
                    continue
                if folder.name not in READS_ALL:
                    wrong.append(f"{shown(path)} imports {module}")
    assert not wrong, "\n".join(wrong)


def test_who_checks_the_server_shares_no_code_with_it() -> None:
    wrong: list[str] = []
    for name, allowed in JUDGES.items():
        own = f"backend.{name}"
        for path in _python(BACKEND / name):
            wrong += [
                f"{shown(path)} imports {module}"
                for module in imports(path)
                if module.split(".")[0] in {"backend", "courier_api"}
                and not module.startswith(own)
                and not any(module == one or module.startswith(f"{one}.") for one in allowed)
            ]
    assert not wrong, "\n".join(wrong)


def _python(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py")) + [path for path in [folder.with_suffix(".py")] if path.exists()]


def test_every_capability_has_its_place_in_the_order() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    order = next(contract["layers"] for contract in contracts if contract["id"] == "order")
    assert {folder.name for folder in capabilities()} <= {layer.strip("()") for layer in order}


def test_the_phones_face_holds_no_sql() -> None:
    wrong = [
        f"{shown(path)} imports {module}"
        for path in files(ROOT / "courier_api")
        if path.suffix == ".py"
        for module in imports(path)
        if module == "asyncpg" or module.endswith(".migrate")
    ]
    assert not wrong, "\n".join(wrong)
