"""Pages: drawn from templates, in the reader's language, with headers that let nothing else in.

No foreign address, and everything works by links and forms: one page has a script, for what only a script can.
"""

import hashlib
from collections.abc import Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from litestar import Request, Response
from litestar.datastructures import Cookie
from litestar.response import Redirect
from litestar.types import Message, Scope

from backend import problems
from backend.errors import NotSignedIn
from backend.procedures.amounts import money
from backend.sync.desk import Refused
from backend.web import form_words, party_words, people_words, words
from backend.web.forms import asking, calling, telling
from backend.web.forms.field import Field
from backend.web.model_words import MODELS, STAGES
from backend.web.place_words import RESULT_WAYS, house

HERE = Path(__file__).parent
STATIC = HERE / "static"
LANGUAGES = ("vi", "en")
_A_YEAR = 365 * 24 * 3600

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
}
COVERED = ("/desk", "/api/desk", "/t/", "/check", "/demo/")
"""Paths of these faces: whatever they answer, refusals included, is for this reader now and for nobody else."""
ALWAYS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"x-robots-tag": b"noindex, nofollow",
    b"cache-control": b"no-store",
    b"content-security-policy": b"default-src 'none'; frame-ancestors 'none'",
}


def language(request: Request[Any, Any, Any]) -> str:
    """As asked in the address, else as chosen before, else Vietnamese."""
    for asked in (request.query_params.get("lang"), request.cookies.get("lang")):
        if asked in LANGUAGES:
            return asked
    return LANGUAGES[0]


def page(
    request: Request[Any, Any, Any],
    template: str,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
    cookies: tuple[Cookie, ...] = (),
    **context: Any,
) -> Response[str]:
    """A page of `templates/`. What a template names and nobody gives is an error."""
    chosen = request.query_params.get("lang")
    if chosen in LANGUAGES:
        cookies = (*cookies, Cookie(key="lang", value=chosen, max_age=_A_YEAR, path="/", samesite="lax", httponly=True))
    lang = language(request)
    text = _templates().get_template(template).render(lang=lang, other_language=_switch(request, lang), **context)
    return Response(
        text,
        status_code=status,
        media_type="text/html; charset=utf-8",
        headers=HEADERS | (headers or {}),
        cookies=cookies,
    )


def _switch(request: Request[Any, Any, Any], lang: str) -> str:
    """The same address in the other language. A page that answers a form has none: it leads to where the form was."""
    others = [(key, value) for key, value in request.query_params.multi_items() if key != "lang"]
    return "?" + urlencode([*others, ("lang", "en" if lang == "vi" else "vi")])


def refusal_page(request: Request[Any, Any, Any], told: Response[dict[str, Any]]) -> Response[str]:
    """A problem for people. `told`: as it is for machines."""
    content = told.content
    return page(
        request,
        "refused.html",
        status=told.status_code or 500,
        headers={name: str(value) for name, value in told.headers.items()},
        title=content["title"],
        detail=content["detail"],
    )


def wants_page(request: Request[Any, Any, Any]) -> bool:
    return "text/html" in request.headers.get("Accept", "") and not request.url.path.startswith("/api/")


def _or_page(of: Any) -> Any:
    def answer(request: Request[Any, Any, Any], error: Any) -> Response[Any]:
        told = of(request, error)
        return refusal_page(request, told) if wants_page(request) else told

    return answer


def _sign_in_first(request: Request[Any, Any, Any], error: NotSignedIn) -> Response[Any]:
    """A page that was asked for comes after signing in. What was sent by a form is told that it was not taken."""
    if request.method == "GET" and wants_page(request) and request.url.path.startswith("/desk"):
        path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return Redirect("/desk/sign-in?" + urlencode({"next": path}), status_code=303)
    return _or_page(problems.of_refusal)(request, error)


def _of_desk(_request: Request[Any, Any, Any], refused: Refused) -> Response[dict[str, Any]]:
    """A refused act says itself what it was refused with."""
    told = refused.problem
    return problems.problem(told.status, told.type.rpartition(":")[2], told.title, told.detail)


HANDLERS: dict[int | type[Exception], Any] = {kind: _or_page(of) for kind, of in problems.HANDLERS.items()} | {
    NotSignedIn: _sign_in_first,
    Refused: _or_page(_of_desk),
}
"""A browser that asked for a page gets one, also when it is refused."""


async def cover(message: Message, scope: Scope) -> None:
    """`before_send`: what every answer of these faces carries."""
    if message["type"] != "http.response.start" or not str(cast("dict[str, Any]", scope)["path"]).startswith(COVERED):
        return
    have = {name.lower() for name, _ in message.get("headers", [])}
    message["headers"] = [
        *message.get("headers", []),
        *((name, value) for name, value in ALWAYS.items() if name not in have),
    ]


@cache
def _templates() -> Environment:
    found: Any = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals.update(
        tr=_translated,
        words=words,
        models=MODELS,
        house=house,
        stages=STAGES,
        result_ways=RESULT_WAYS,
        telling=telling,
        calling=calling,
        who=party_words,
        folk=people_words,
        filled_form=form_words.shown,
        palette=_static("palette.css"),
        style=_static("tannha.css"),
        push_script=_static("push.js"),
    )
    found.filters.update(
        groups=_groups,
        parts=_parts,
        say=_said,
        day=words.day,
        clock=words.clock,
        moment=words.moment,
        lasted=asking.lasted,
        money=money,
    )
    return found


@pass_context
def _translated(context: Context, vi: str, en: str) -> str:
    return en if context["lang"] == "en" else vi


@pass_context
def _said(context: Context, pair: words.Words) -> str:
    return pair[1] if context["lang"] == "en" else pair[0]


def _groups(fields: Sequence[Field]) -> list[tuple[str, list[Field]]]:
    """Neighbours of one group together; the others each by itself, with no name."""
    return [(name, list(members)) for name, members in groupby(fields, key=lambda field: field.group)]


def _parts(fields: Sequence[Field]) -> list[tuple[words.Words | None, list[Field]]]:
    """Neighbours of one part together; those of none stand in the open."""
    return [(part, list(members)) for part, members in groupby(fields, key=lambda field: field.part)]


def _static(name: str) -> str:
    """The address of a style sheet or script: a new one is fetched at once, an old one never again."""
    return f"/static/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"
