"""Reads every SQL statement of the code out of its source, with the values and the rows it belongs to."""

import ast
import importlib
import inspect
import re
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

ROOT = Path(__file__).parents[2]
_VERBS = {"all", "first", "value", "run"}
_SQL = re.compile(r"\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH)\s", re.IGNORECASE)

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, kw_only=True)
class Statement:
    """`where`: file and line. `sql`: None when it is no literal. `through_transaction`: else by another connection.

    `given`: the names of its values, None when they cannot be told from the source; `whole_rows`: among them are all
    fields of a Struct. `into`: the Struct its result is made into. `words`: all literal texts of the function, so also
    the columns it takes from a result itself.
    """

    where: str
    sql: str | None
    through_transaction: bool
    given: frozenset[str] | None = None
    whole_rows: bool = False
    into: type[msgspec.Struct] | None = None
    words: frozenset[str] = field(default_factory=frozenset)


def statements() -> list[Statement]:
    """All of `backend/`: what goes through a Transaction, and any other literal that is given to a call as SQL."""
    return [found for path in sorted((ROOT / "backend").rglob("*.py")) for found in _of_file(path)]


def _of_file(path: Path) -> Iterator[Statement]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for function in (node for node in ast.walk(tree) if isinstance(node, Function)):
        calls = [node for node in _own(function) if isinstance(node, ast.Call)]
        own = [call for call in calls if _through_transaction(call, function)]
        for call in calls:
            where = f"{path.relative_to(ROOT)}:{call.lineno}"
            if call in own:
                yield _statement(call, function, name, where, alone=len(own) == 1)
            else:
                texts = [text for text in map(_text, call.args) if _is_sql(text)]
                yield from (Statement(where=where, sql=text, through_transaction=False) for text in texts)


def _own(function: Function) -> Iterator[ast.AST]:
    """The nodes of a function without those of functions inside it."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(child for child in ast.iter_child_nodes(node) if not isinstance(child, Function))


def _through_transaction(call: ast.Call, function: Function) -> bool:
    if not (isinstance(call.func, ast.Attribute) and call.func.attr in _VERBS and call.args):
        return False
    if _handed_on(call, function):
        return False
    match call.func.value:
        case ast.Name(id=name):
            annotations = {argument.arg: argument.annotation for argument in _arguments(function)}
            annotation = annotations.get(name)
            return name == "tx" or (annotation is not None and ast.unparse(annotation) == "Transaction")
        case ast.Attribute(attr=name):
            return name in {"tx", "_tx", "transaction"}
    return False


def _statement(call: ast.Call, function: Function, module: str, where: str, *, alone: bool) -> Statement:
    texts = (node.value for node in _own(function) if isinstance(node, ast.Constant))
    return Statement(
        where=where,
        sql=_text(call.args[0]),
        through_transaction=True,
        given=_given(call, function, module),
        whole_rows=any(keyword.arg is None for keyword in call.keywords),
        into=_into(function, module) if alone else None,
        words=frozenset(text for text in texts if isinstance(text, str)),
    )


def _text(node: ast.AST) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _is_sql(text: str | None) -> bool:
    return text is not None and _SQL.match(text) is not None


def _handed_on(call: ast.Call, function: Function) -> bool:
    """A function that is itself handed the literal: its callers are looked at."""
    return isinstance(call.args[0], ast.Name) and any(
        argument.arg == call.args[0].id and argument.annotation and ast.unparse(argument.annotation) == "LiteralString"
        for argument in _arguments(function)
    )


def _arguments(function: Function) -> list[ast.arg]:
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


def _given(call: ast.Call, function: Function, module: str) -> frozenset[str] | None:
    names: set[str] = set()
    for keyword in call.keywords:
        more = {keyword.arg} if keyword.arg is not None else _names(keyword.value, function, module)
        if more is None:
            return None
        names |= more
    return frozenset(names)


def _names(node: ast.AST, function: Function, module: str) -> set[str] | None:
    """The keys of what is given as `**node`: of columns(rows), of one row's fields, of a dict, of these joined by |."""
    match node:
        case ast.Dict(keys=keys):
            texts = [_text(key) if key is not None else None for key in keys]
            return None if None in texts else {text for text in texts if text is not None}
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            one, other = _names(left, function, module), _names(right, function, module)
            return None if one is None or other is None else one | other
        case ast.Call(func=ast.Name(id="columns"), args=[ast.Name(id=rows)]):
            return _fields(_type_of(rows, function, module))
        case ast.DictComp(
            generators=[ast.comprehension(iter=ast.Attribute(value=ast.Name(id=row), attr="__struct_fields__"))]
        ):
            return _fields(_type_of(row, function, module))
        case ast.Name(id=name):
            values = [value for found in _own(function) if (value := _assigned(found, name)) is not None]
            return _names(values[0], function, module) if len(values) == 1 else None
    return None


def _assigned(node: ast.AST, name: str) -> ast.expr | None:
    match node:
        case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
            return value
    return None


def _fields(kind: object) -> set[str] | None:
    """Of a Struct, or of a list of them."""
    inner = typing.get_args(kind)
    kind = inner[0] if inner else kind
    return set(kind.__struct_fields__) if inspect.isclass(kind) and issubclass(kind, msgspec.Struct) else None


def _type_of(name: str, function: Function, module: str) -> object:
    """What the signature says of an argument, or of the one that a loop goes through under this name."""
    for node in _own(function):
        match node:
            case ast.For(target=ast.Name(id=target), iter=ast.Name(id=rows)) if target == name:
                return _type_of(rows, function, module)
    found = getattr(importlib.import_module(module), function.name, None)
    return typing.get_type_hints(found).get(name) if isinstance(found, types.FunctionType) else None


def _into(function: Function, module: str) -> type[msgspec.Struct] | None:
    """The Struct of the only `shaped(row, Struct)` of the function."""
    names = {
        node.args[1].id
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "shaped"
        and isinstance(node.args[1], ast.Name)
    }
    found = [getattr(importlib.import_module(module), name, None) for name in names]
    return found[0] if len(found) == 1 and _fields(found[0]) is not None else None
