"""Forms of a page, read as a browser without scripts sends them. Pure: no I/O."""

from html.parser import HTMLParser

import msgspec

TICKED = ("radio", "checkbox")
_OF_THE_SESSION = "form_token"
"""The desk sends its own: another may have begun since the page was drawn."""


class NoForm(Exception):
    """The page does not offer what somebody at that desk needs."""


class Form(msgspec.Struct, frozen=True):
    """`values`: what it would send as it is drawn. `choices`: what may be ticked or chosen, by field."""

    values: dict[str, list[str]] = {}
    choices: dict[str, list[str]] = {}

    def value(self, name: str) -> str:
        """Of a field that is there once."""
        return next(iter(self.values.get(name, ())), "")


def form_of(page: str, kind: str) -> Form:
    """The first of that kind of act. Raises NoForm."""
    reader = _Reader()
    reader.feed(page)
    found = next((form for form in reader.forms if form.value("kind") == kind), None)
    if found is None:
        raise NoForm(f"no form {kind} among {', '.join(sorted({form.value('kind') for form in reader.forms}))}")
    return found


def refused_because(page: str) -> str:
    """What stands in the alarm of a page."""
    reader = _Reader()
    reader.feed(page)
    return " ".join(reader.alarm.split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.alarm = ""
        self._form: Form | None = None
        self._select: str | None = None
        self._typing: str | None = None
        self._alarmed = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form({}, {})
        elif tag == "div" and (self._alarmed or told.get("role") == "alert"):
            self._alarmed += 1
        if self._form is not None:
            self._field(self._form, tag, told)

    def _field(self, form: Form, tag: str, told: dict[str, str]) -> None:
        name, value = told.get("name", ""), told.get("value", "")
        if tag == "input" and name not in ("", _OF_THE_SESSION) and told.get("type") != "file":
            if told.get("type") in TICKED:
                form.choices.setdefault(name, []).append(value)
            if told.get("type") not in TICKED or "checked" in told:
                form.values.setdefault(name, []).append(value)
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select is not None:
            known = form.choices.setdefault(self._select, [])
            known.append(value)
            # As a browser does: the first, unless another is marked.
            if len(known) == 1 or "selected" in told:
                form.values[self._select] = [value]
        elif tag == "textarea":
            self._typing = name
            form.values[name] = [""]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._form is not None:
            self.forms.append(self._form)
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._typing = None
        elif tag == "div" and self._alarmed:
            self._alarmed -= 1

    def handle_data(self, data: str) -> None:
        if self._alarmed:
            self.alarm += data
        if self._form is not None and self._typing is not None:
            self._form.values[self._typing][0] += data
