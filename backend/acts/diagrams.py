"""Draws the newest rule table: `docs/rules/<machine>.md`, one state diagram and one table of acts each.

`python -m backend.acts.diagrams` writes the files; a test fails when they are out of date.
"""

from collections.abc import Iterator
from pathlib import Path

from backend.acts.rule_file import ActRule, Machine, Row
from backend.acts.rules import RuleTable, current, load

FOLDER = Path(__file__).parents[2] / "docs" / "rules"
SIGNS = {"eq": "=", "ne": "≠", "in": "∈", "ge": "≥", "lt": "<"}


def guard_text(row: Row) -> str:
    """`check_passed, not exception_open, charges_due_at_return < 1`."""
    words: list[str] = []
    for fact, op, value in row.when:
        if isinstance(value, bool):
            words.append(fact if value is (op == "eq") else f"not {fact}")
        else:
            listed = "{" + ", ".join(map(str, value)) + "}" if isinstance(value, tuple) else str(value)
            words.append(f"{fact} {SIGNS[op]} {listed}")
    return ", ".join(words)


def _arrows(machine: Machine) -> Iterator[str]:
    """One arrow for each pair of states, named by the acts that go there."""
    acts: dict[tuple[str, str], dict[str, None]] = {}
    for row in machine.rows:
        for state in machine.sources(row):
            if row.to is not None and row.to != state:
                acts.setdefault((state, row.to), {})[row.act] = None
    for (source, target), kinds in acts.items():
        start = "[*]" if source == machine.initial else source
        yield f"    {start} --> {target}: {', '.join(kinds)}"


def _row_lines(table: RuleTable, machine: Machine) -> Iterator[str]:
    for kind in _moving(table, machine):
        for row in machine.rows:
            if row.act == kind:
                yield f"| `{kind}` | {', '.join(row.sources)} | {row.to or '–'} | {guard_text(row) or '–'} |"
        for target, sources in machine.lands.get(kind, {}).items():
            yield f"| `{kind}` | {', '.join(sources)} | {target} | *lands here when no row allows it* |"


def _act_line(kind: str, act: ActRule) -> str:
    marks = [mark for mark in ("money", "custody", "decision", "through") if getattr(act, mark)]
    marks += [f"touches {field}" for field in act.touches]
    return f"| `{kind}` | {act.vi} | {act.kind} | {', '.join(act.roles)} | {', '.join(marks) or '–'} |"


def _moving(table: RuleTable, machine: Machine) -> list[str]:
    moving = {row.act for row in machine.rows}
    return [kind for kind in table.file.acts if kind in moving]


def page(table: RuleTable, name: str) -> str:
    """The Markdown page of one machine."""
    machine = table.file.machines[name]
    asked = sorted({fact for row in machine.rows for fact, _, _ in row.when})
    lines = [
        f"# {machine.vi} ({machine.en})",
        "",
        f"Drawn from `backend/acts/rules/{table.version:04}.json` by `python -m backend.acts.diagrams`, never by hand.",
        "",
        "```mermaid",
        "stateDiagram-v2",
        *(f'    state "{words.vi}" as {state}' for state, words in machine.states.items()),
        *_arrows(machine),
        "```",
        "",
        *_table("State", "Trên màn hình", "Meaning"),
        *(f"| `{state}` | {words.vi} | {words.en} |" for state, words in machine.states.items()),
        "",
        *_table("Act", "Việc", "Kind", "Roles", "Marks"),
        *(_act_line(kind, table.file.acts[kind]) for kind in _moving(table, machine)),
        "",
        "The first row that fits wins. `*` is every state but the initial one; – leaves the machine where it is.",
        "",
        *_table("Act", "From", "To", "When"),
        *_row_lines(table, machine),
        "",
    ]
    if asked:
        lines += _table("Fact", "Values", "Meaning")
        lines += [f"| `{fact}` | {_values(table, fact)} | {table.file.facts[fact].meaning} |" for fact in asked]
        lines.append("")
    return "\n".join(lines)


def _table(*heads: str) -> list[str]:
    return [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]


def _values(table: RuleTable, name: str) -> str:
    fact = table.file.facts[name]
    return " / ".join(fact.values) if fact.values else fact.type


def index(table: RuleTable) -> str:
    """The page that lists the machines."""
    lines = ["# Rule tables", "", f"Version {table.version}. Each machine has its diagram and its table of acts.", ""]
    lines += [f"- [{machine.vi}]({name}.md) ({machine.en})" for name, machine in table.file.machines.items()]
    return "\n".join([*lines, ""])


def pages() -> dict[str, str]:
    """File name -> text, for all machines of the newest version."""
    table = load(current())
    return {"README.md": index(table), **{f"{name}.md": page(table, name) for name in table.file.machines}}


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for old in FOLDER.glob("*.md"):
        if old.name not in wanted:
            old.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
