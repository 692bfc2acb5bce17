"""Forms of our pages, read as a browser without JavaScript sends them."""

import re
from html import unescape
from typing import Any

import httpx


def forms(page: httpx.Response, kind: str) -> list[dict[str, Any]]:
    """What the forms of one kind would send as they are drawn. Of several ticks of one name: a list."""
    found: list[dict[str, Any]] = []
    for form in re.findall(r"<form method=\"post\".*?</form>", page.text, re.DOTALL):
        if f'name="kind" value="{kind}"' in form:
            found.append(_values(form))
    return found


def plain(drawn: str) -> str:
    """What a piece of a page says, without its tags, in one line."""
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", drawn).split()))


def _values(form: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for tag in re.findall(r"<input [^>]*>", form):
        name, value = (re.search(rf' {word}="([^"]*)"', tag) for word in ("name", "value"))
        if name is None or ("checked" not in tag and re.search('type="(radio|checkbox)"', tag)):
            continue
        told = unescape(value[1]) if value else ""
        if 'type="checkbox"' in tag:
            values.setdefault(unescape(name[1]), []).append(told)
        else:
            values[unescape(name[1])] = told
    for name, options in re.findall(r'<select [^>]*name="([^"]*)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options) or re.search(
            r'<option value="([^"]*)"', options
        )
        values[unescape(name)] = unescape(chosen[1]) if chosen else ""
    return values
