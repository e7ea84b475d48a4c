"""The application: all routes behind the shield."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from ..archive import Archive
from . import (
    api_help,
    api_issue,
    api_pictures,
    api_queue,
    api_review,
    api_session,
    exporting,
    pages,
)
from .desk import Desk
from .settings import Settings
from .shield import Shield


def make_app(archive: Archive, settings: Settings) -> Starlette:
    """The ASGI application over an archive."""
    desk = Desk(archive, settings)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        desk.start()
        yield
        desk.stop()

    app = Starlette(
        routes=[
            *api_session.routes(),
            *api_queue.routes(),
            *api_issue.routes(),
            *api_help.routes(),
            *api_review.routes(),
            *api_pictures.routes(),
            *exporting.routes(),
            *pages.routes(),
        ],
        middleware=[
            Middleware(Shield, settings=settings),
            Middleware(GZipMiddleware, minimum_size=1500, compresslevel=4),
        ],
        lifespan=lifespan,
        exception_handlers={404: pages.not_found, 405: pages.not_found},
    )
    app.state.desk = desk
    return app
