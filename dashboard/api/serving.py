"""The addresses on a server: requests in, answers out, off the event loop, each with what caches need to know."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from http import HTTPStatus

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

from dashboard.api import embed
from dashboard.api.answers import Answer, Asked, Resource
from dashboard.api.parameters import language_of, read_query
from dashboard.api.problems import TYPE, Problem, echo
from dashboard.api.resources import API, EMBED
from dashboard.database.engine import DatabaseProblem, public_address
from dashboard.database.snapshot import SnapshotKeeper
from dashboard.figures.model import View
from dashboard.indicators.choices import choices
from dashboard.indicators.model import Programme
from dashboard.queries.programme import programmes
from dashboard.settings import ROOT, suppression_threshold
from dashboard.store import Store
from dashboard.text import text

Refuse = Callable[[Problem, str], Response]
Keeper = Callable[[], SnapshotKeeper]

METHODS = ("GET", "HEAD", "OPTIONS")
KEEP_SECONDS, RETRY_SECONDS, THREADS = 60, 5, 8
ANYONE = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Link, X-Total-Count"}
PREFLIGHT = {"Access-Control-Allow-Methods": "GET, HEAD", "Access-Control-Allow-Headers": "If-None-Match",
             "Access-Control-Max-Age": "86400", "Allow": ", ".join(METHODS)}  # fmt: skip
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
QUIET = {"Content-Security-Policy": POLICY, "Cross-Origin-Resource-Policy": "cross-origin"}
FRAMED = {**QUIET, "Content-Security-Policy": embed.POLICY}

log = logging.getLogger(__name__)
_threads: RunVar[CapacityLimiter] = RunVar("_threads")


def routes(keeper: Keeper) -> list[BaseRoute]:
    """What stands below /api and /embed, for a server whose `keeper` keeps the record; it may raise DatabaseProblem."""
    return [
        Route("/api", _to_index),
        Below("/api", _application(API, keeper, _as_problem)),
        Below("/embed", _application((EMBED,), keeper, _as_page)),
    ]


class Below(Mount):
    """All addresses below one. Starlette's own pattern ends at a line break, and would leave what is behind it to
    answers of another form."""

    def __init__(self, path: str, app: ASGIApp) -> None:
        super().__init__(path, app)
        self.path_regex = re.compile(self.path_regex.pattern, re.DOTALL)


def _application(resources: tuple[Resource, ...], keeper: Keeper, refuse: Refuse) -> Starlette:
    async def fails(request: Request, fault: Exception) -> Response:
        return refuse(_unroutable(request, fault), language_of(request.query_params.multi_items()))

    served = [Route(one.path, Served(one, keeper, refuse).respond, methods=[*METHODS]) for one in resources]
    return Starlette(routes=served, exception_handlers={HTTPException: fails, Exception: fails})


async def _to_index(request: Request) -> Response:
    return RedirectResponse(f"{request.scope.get('root_path', '')}/api/", headers=ANYONE)


def _unroutable(request: Request, fault: Exception) -> Problem:
    """Where there is no such address or method; anything else is our own fault and is logged by the server."""
    language = language_of(request.query_params.multi_items())
    if not isinstance(fault, HTTPException):
        return Problem(HTTPStatus.INTERNAL_SERVER_ERROR, text("api.our_fault", language))
    status = HTTPStatus(fault.status_code)
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        said = text("api.method", language, method=echo(request.method))
        return Problem(status, said, headers={"Allow": ", ".join(METHODS)})
    where = f"{_root(request)}/api/"
    return Problem(status, text("api.no_address", language, address=echo(request.url.path), where=where))


class Served:
    """One resource at its address."""

    def __init__(self, resource: Resource, keeper: Keeper, refuse: Refuse) -> None:
        self.resource, self.keeper, self.refuse = resource, keeper, refuse
        self.headers = FRAMED if resource is EMBED else {**QUIET, **ANYONE}

    async def respond(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=HTTPStatus.NO_CONTENT, headers={**self.headers, **PREFLIGHT})
        made: Response = await to_thread.run_sync(self._respond, request, limiter=_limiter())
        return made

    def _respond(self, request: Request) -> Response:
        try:
            asked = self._asked(request)
            make = self.resource.prepare(asked, **request.path_params)
            tag = _tag(request, asked)
            headers = {**self.headers, "ETag": tag, "Cache-Control": f"public, max-age={KEEP_SECONDS}"}
            if _holds(request.headers.get("If-None-Match", ""), tag):
                return Response(status_code=HTTPStatus.NOT_MODIFIED, headers={**headers, "Vary": "Accept-Encoding"})
            made: Answer = make()
        except Problem as problem:
            return self.refuse(problem, language_of(request.query_params.multi_items()))
        return Response(made.body, headers={**headers, **made.headers}, media_type=made.media)

    def _asked(self, request: Request) -> Asked:
        pairs = request.query_params.multi_items()
        try:
            kept = self.keeper()
            store, away = Store(kept.current), kept.problem
            if store.frame(programmes()).empty:
                raise DatabaseProblem("no_programme", public_address(kept.url), "the table programme is empty")
        except DatabaseProblem as problem:
            said = text("api.no_record", language_of(pairs))
            headers = {"Retry-After": str(RETRY_SECONDS)}
            raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, said, headers=headers) from problem
        offered = choices(store)
        query = read_query(pairs, self.resource.parameters, offered)
        dark = dict(query.others).get("appearance") == "dark"
        programme = Programme(offered.period, datetime.now(UTC).date())
        view = View(query.filters, query.language, dark, programme, store.version, store)
        return Asked(query, view, _root(request), away)


def _root(request: Request) -> str:
    """The address of the server's root, without a stroke at its end."""
    home = request.url.replace(path=request.scope.get("app_root_path", ""), query="", fragment="")
    return str(home).rstrip("/")


def _as_problem(problem: Problem, language: str) -> Response:
    headers = {**QUIET, **ANYONE, "Cache-Control": "no-store", "Content-Language": language, **problem.headers}
    return JSONResponse(problem.members(), problem.status, headers, TYPE)


def _as_page(problem: Problem, language: str) -> Response:
    headers = {**FRAMED, "Cache-Control": "no-store", **problem.headers}
    return Response(embed.refusal(problem, language), problem.status, headers, embed.HTML)


def _tag(request: Request, asked: Asked) -> str:
    """A weak tag: the same records, code and question give the same facts, in whatever packing."""
    told, away = suppression_threshold(), asked.away and asked.away.kind
    parts = (code_version(), asked.view.identity, asked.query, asked.root, request.url.path, told, away)
    return f'W/"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


def _holds(written: str, tag: str) -> bool:
    """Whether an If-None-Match names a tag, or any."""
    named = [one.strip().removeprefix("W/") for one in written.split(",")]
    return "*" in named or tag.removeprefix("W/") in named


@cache
def code_version() -> str:
    """What answers are made by: our sources, words and the versions of the libraries."""
    digest = hashlib.sha256()
    files = [*ROOT.glob("dashboard/**/*.py"), *ROOT.glob("dashboard/text/*.toml"), ROOT / "requirements.txt"]
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _limiter() -> CapacityLimiter:
    """Threads of our own, so that the pages' files never wait for answers."""
    try:
        return _threads.get()
    except LookupError:
        _threads.set(CapacityLimiter(THREADS))
        return _threads.get()


