"""From an HTTP request to a plain function and back.

A handler is a function `Call -> Any`: what it returns is sent as JSON, unless it is a Response
already. It runs in a thread; what it raises becomes an answer.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..archive.corrections.people import Right, Session, User
from ..errors import DigitiseError
from . import problems, signing
from .desk import Desk
from .fields import Fields
from .problems import Problem

log = logging.getLogger("digitise.workbench")

Handler = Callable[["Call"], Any]


@dataclass(frozen=True, slots=True)
class Call:
    """A request as a handler sees it: who asks, what the address says, query and body."""

    desk: Desk
    session: Session | None
    path: dict[str, str]
    query: Fields
    body: Fields
    request: Request

    @property
    def user(self) -> User:
        """Who asks; only where the route needs a right."""
        if self.session is None:
            raise problems.sign_in_needed()
        return self.session.user

    @property
    def address(self) -> str:
        return self.request.client.host if self.request.client else ""

    def may(self, right: Right) -> bool:
        return self.session is not None and right in self.session.user.rights


class Json(Response):
    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def route(
    method: str, path: str, handler: Handler, right: Right | None = "read", *, page: bool = False
) -> Route:
    """The route of a handler. `right`: what the asker must be allowed; None: anybody. `page`: an
    HTML page, which sends those not signed in to the sign-in page."""

    async def endpoint(request: Request) -> Response:
        desk: Desk = request.app.state.desk
        try:
            body = await _body(request) if method != "GET" and not page else {}
            return await run_in_threadpool(_handled, desk, request, handler, right, body)
        except Problem as problem:
            return _refusal(problem, request, page)
        except DigitiseError as error:
            return _refusal(problems.problem_of(error), request, page)
        except Exception:
            log.exception("%s %s", request.method, request.url.path)
            return _refusal(problems.internal(), request, page)

    return Route(path, endpoint, methods=[method])


def _handled(
    desk: Desk, request: Request, handler: Handler, right: Right | None, body: dict[str, Any]
) -> Response:
    session = desk.sessions.find(request)
    if right is not None:
        if session is None:
            raise problems.sign_in_needed()
        if request.method != "GET":
            check_csrf(session, request.headers.get("x-csrf-token", ""))
        if right not in session.user.rights:
            raise problems.not_allowed()
    query = request.query_params
    lists: dict[str, list[str]] = {}
    for name, value in query.multi_items():
        lists.setdefault(name, []).append(value)
    call = Call(
        desk, session, dict(request.path_params), Fields(dict(query), lists), Fields(body), request
    )
    answer = handler(call)
    return answer if isinstance(answer, Response) else Json(answer)


def check_csrf(session: Session, given: str) -> None:
    """Raises Problem 403."""
    if not signing.csrf_fits(session, given):
        raise Problem(
            403,
            "csrf",
            (
                "The session's mark is missing or old: reload the page.",
                "会话标记缺失或已过期，请重新载入页面。",
            ),
        )


async def _body(request: Request) -> dict[str, Any]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise problems.invalid("Content-Type", "must be application/json", "应为 application/json")
    try:
        value = json.loads(await request.body() or b"{}")
    except (ValueError, RecursionError) as error:
        raise problems.invalid("body", "is not JSON", "不是 JSON") from error
    if not isinstance(value, dict):
        raise problems.invalid("body", "must be an object", "应为对象")
    return value


def _refusal(problem: Problem, request: Request, page: bool) -> Response:
    if page:
        from .pages import problem_page

        return problem_page(problem, request)
    return Json(problem.value(), status_code=problem.status, headers=problem.headers)


Endpoint = Callable[[Request], Awaitable[Response]]
