"""HTML: the client's shell, signing in, the reading view, the printable record.

Everything that comes from outside is put in by Jinja with escaping on, so it stays text.
"""

from __future__ import annotations

import time
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from ..archive import find_issue, list_issues
from ..archive.corrections import acceptance, people
from ..archive.corrections.compose import article_of, issue_of
from ..messages import Language
from . import problems, signing
from .calls import Call, Json, route
from .problems import Problem
from .texts import TEXTS, say

_DIST = Path(__file__).parent / "static" / "dist"
_OWN = Path(__file__).parent / "static" / "own"
_FOREVER = "private, max-age=300"
_KINDS = {
    ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png",
    ".woff2": "font/woff2", ".json": "application/json", ".map": "application/json",
    ".txt": "text/plain", ".webmanifest": "application/manifest+json",
}  # fmt: skip


def routes() -> list[Route]:
    return [
        route("GET", "/", shell, None, page=True),
        route("GET", "/app", shell, None, page=True),
        route("GET", "/app/{rest:path}", shell, None, page=True),
        route("GET", "/open", open_once, None, page=True),
        route("GET", "/sign-in", sign_in_form, None, page=True),
        Route("/sign-in", _sign_in, methods=["POST"]),
        route("GET", "/read", reading_list, page=True),
        route("GET", "/read/{issue}", reading_issue, page=True),
        route("GET", "/read/{issue}/{article}", reading_article, page=True),
        route("GET", "/acceptance/{sample}/record", record, page=True),
        route("GET", "/static/{name:path}", static, None, page=True),
    ]


@lru_cache(maxsize=1)
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("digitise.workbench", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(template: str, language: Language, status: int = 200, /, **values: Any) -> Response:
    def t(key: str, **more: object) -> str:
        return say(key, language, **more)

    text = _templates().get_template(template).render(t=t, language=language, **values)
    return Response(text, status, media_type="text/html")


def language_of(request: Request) -> Language:
    """`?lang=`, else what the browser asks for, else the server's."""
    asked = request.query_params.get("lang", "")
    if asked in ("en", "zh"):
        return "zh" if asked == "zh" else "en"
    first = request.headers.get("accept-language", "").lower()[:2]
    if first in ("en", "zh"):
        return "zh" if first == "zh" else "en"
    language: Language = request.app.state.desk.settings.language
    return language


def shell(call: Call) -> Any:
    if call.session is None:
        return _to_sign_in(call.request)
    page = _DIST / "index.html"
    if not page.is_file():
        return render("unbuilt.html", language_of(call.request), 503)
    return FileResponse(page, media_type="text/html")


def _to_sign_in(request: Request) -> Response:
    wanted = request.url.path
    return RedirectResponse(
        "/sign-in" + (f"?next={problems_quoted(wanted)}" if wanted != "/" else ""), 303
    )


def problems_quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="/")


def static(call: Call) -> Any:
    """A built file. The name is looked for among those there are: nothing else can be reached."""
    name = call.path["name"]
    for folder in (_DIST, _OWN):
        path = _files(folder).get(name)
        if path is not None and path.is_file():
            kind = _KINDS.get(path.suffix, "application/octet-stream")
            headers = {"Cache-Control": "no-cache"}
            return FileResponse(path, media_type=kind, headers=headers)
    raise problems.unknown("file of that name")


def _files(folder: Path) -> dict[str, Path]:
    if not folder.is_dir():
        return {}
    return {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".") and path.name != "index.html"
    }


def open_once(call: Call) -> Any:
    desk = call.desk
    if call.session is not None:
        return RedirectResponse("/", 303)
    desk.attempts.check(f"token {call.address}")
    if not desk.tokens.spend(call.query.text("token", "", 100)):
        desk.attempts.failed(f"token {call.address}")
        people.note(desk.archive, "", call.address, "token-refused")
        return render("stale.html", language_of(call.request), 403)
    user = local_user(call)
    secret, _ = signing.opened(desk.archive, user)
    people.note(desk.archive, user.name, call.address, "token-used")
    answer = RedirectResponse("/", 303)
    signing.set_cookie(answer, secret, desk.settings)
    return answer


def local_user(call: Call) -> people.User:
    """The user who started the server, made on first use: an administrator without password."""
    name = local_name()
    found = people.find_user(call.desk.archive, name)
    if found is not None and found.active:
        return found
    if found is None:
        user = people.User(name, name, "administrator")
        people.add_user(call.desk.archive, user)
        return user
    raise problems.not_allowed()


def local_name() -> str:
    import getpass

    try:
        return getpass.getuser()[:60].replace("/", "_") or "local"
    except (OSError, KeyError):
        return "local"


def sign_in_form(call: Call) -> Any:
    return render(
        "sign-in.html", language_of(call.request), problem="", name="",
        next=_local(call.query.text("next", "/", 500)),
    )  # fmt: skip


async def _sign_in(request: Request) -> Response:
    """The form without script. The session does not exist yet, so there is nothing to forge; that
    the request comes from our own page the shield has seen to."""
    from starlette.concurrency import run_in_threadpool

    form = await request.form(max_files=0, max_fields=10)
    return await run_in_threadpool(_signed_in, request, dict(form))


def _signed_in(request: Request, form: dict[str, Any]) -> Response:
    desk = request.app.state.desk
    language = language_of(request)
    name, password = str(form.get("name", ""))[:60], str(form.get("password", ""))[:400]
    following = _local(str(form.get("next", "/"))[:500])
    address = request.client.host if request.client else ""
    try:
        secret, _ = signing.sign_in(desk.archive, desk.attempts, name, password, address)
    except Problem as problem:
        text = problem.texts[1 if language == "zh" else 0]
        return render(
            "sign-in.html", language, problem.status, problem=text, name=name, next=following
        )
    answer = RedirectResponse(following, 303)
    signing.set_cookie(answer, secret, desk.settings)
    return answer


def _local(address: str) -> str:
    """An address of our own, never one that leads away."""
    if not address.startswith("/") or address.startswith(("//", "/\\")) or "\\" in address:
        return "/"
    return "".join(c for c in address if c.isprintable())


def reading_list(call: Call) -> Any:
    entries = list_issues(call.desk.archive)
    return render("reading-list.html", language_of(call.request), issues=entries)


def reading_issue(call: Call) -> Any:
    name = call.path["issue"]
    entry = find_issue(call.desk.archive, name)
    document = call.desk.journal.document(name)
    issue = issue_of(document)
    shown = [a for a in issue.articles if a.kind not in ("furniture", "masthead")]
    by_page = [
        (page, [a for a in shown if a.parts and a.parts[0].page == page.id]) for page in issue.pages
    ]
    return render(
        "reading-issue.html", language_of(call.request), entry=entry, issue=issue, pages=by_page,
        corrected=bool(document.log),
    )  # fmt: skip


def reading_article(call: Call) -> Any:
    name, key = call.path["issue"], call.path["article"]
    entry = find_issue(call.desk.archive, name)
    document = call.desk.journal.document(name)
    if document.article(key) is None:
        raise problems.unknown(key)
    article = article_of(document, key)
    labels = {p.id: p.label or str(p.number) for p in document.machine.pages}
    return render(
        "reading-article.html", language_of(call.request), entry=entry, article=article,
        labels=labels, masthead=document.masthead, corrected=bool(document.log),
    )  # fmt: skip


def record(call: Call) -> Any:
    sample = acceptance.find(call.desk.archive, call.path["sample"])
    if sample is None:
        raise problems.unknown(call.path["sample"])
    entry = find_issue(call.desk.archive, sample.issue)
    return render(
        "record.html", language_of(call.request), entry=entry, sample=sample,
        figures=acceptance.figures(sample), stamp=acceptance.stamp, now=time.time(),
    )  # fmt: skip


def problem_page(problem: Problem, request: Request) -> Response:
    if problem.status == 401:
        return _to_sign_in(request)
    language = language_of(request)
    text = problem.texts[1 if language == "zh" else 0]
    answer = render("problem.html", language, problem.status, text=text)
    answer.headers.update(problem.headers)
    return answer


def not_found(request: Request, _error: Exception) -> Response:
    problem = Problem(404, "unknown", ("There is nothing here.", "此处没有内容。"))
    if request.url.path.startswith("/api/"):
        return Json(problem.value(), 404)
    return problem_page(problem, request)


__all__ = ["TEXTS", "language_of", "local_name", "not_found", "problem_page", "render", "routes"]
