"""The project's own files, as they would be committed."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
BACKEND = ROOT / "backend"
_NOT_OURS = {line.strip().strip("/") for line in (ROOT / ".gitignore").read_text().splitlines()} | {".git"}


def files(folder: Path = ROOT) -> Iterator[Path]:
    """All but what .gitignore names."""
    for path in sorted(folder.iterdir()):
        if path.name in _NOT_OURS or any(path.match(pattern) for pattern in _NOT_OURS if "*" in pattern):
            continue
        if path.is_dir():
            yield from files(path)
        else:
            yield path


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def capabilities() -> list[Path]:
    """The folders of the backend that are a word of the field: their docstring begins with that word."""
    inits = sorted(BACKEND.glob("*/__init__.py"))
    return [path.parent for path in inits if path.read_text().startswith(f'"""{path.parent.name.capitalize()}')]


def imports(path: Path) -> set[str]:
    """What a file imports, wherever in it: `backend.fees.queries` also for `from backend.fees import queries`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {_module(node.module, name.name) for name in node.names}
    return found


def _module(module: str, name: str) -> str:
    inside = ROOT.joinpath(*module.split("."))
    is_module = inside.is_dir() and ((inside / f"{name}.py").exists() or (inside / name / "__init__.py").exists())
    return f"{module}.{name}" if is_module else module
