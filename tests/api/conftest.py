"""The addresses in this process, behind the headers and the compression that the server puts before them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.testclient import TestClient

from dashboard.api import serving
from dashboard.database.snapshot import SnapshotKeeper
from dashboard.server import Headers

Serve = Callable[[str], TestClient]


def application(keeper: SnapshotKeeper) -> Starlette:
    return Starlette(
        routes=serving.routes(lambda: keeper),
        middleware=[Middleware(Headers), Middleware(GZipMiddleware, minimum_size=500, compresslevel=5)],
    )


@pytest.fixture(scope="session")
def demo_app(demo_url: str) -> Iterator[Starlette]:
    keeper = SnapshotKeeper(demo_url, poll_seconds=5)
    yield application(keeper)
    keeper.stop()


@pytest.fixture(scope="session")
def demo(demo_app: Starlette) -> TestClient:
    """What the demonstration answers."""
    return TestClient(demo_app)


@pytest.fixture(scope="module")
def serve() -> Iterator[Serve]:
    """`serve(url)` answers from that record."""
    kept: list[SnapshotKeeper] = []

    def on(url: str) -> TestClient:
        kept.append(SnapshotKeeper(url, poll_seconds=0.1))
        return TestClient(application(kept[-1]))

    yield on
    for keeper in kept:
        keeper.stop()
