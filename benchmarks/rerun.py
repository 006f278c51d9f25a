"""How long a rerun of each page takes over streamlit's websocket, beside an empty page on streamlit's defaults,
its loop among them.

python -m benchmarks.rerun [--reruns 20] [--visitors 10]
"""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

import click
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from dashboard.database import engine
from dashboard.settings import DEMO, ROOT
from dashboard.sitemap import PAGES

WARM_UP = 3
START_SECONDS = 60


class Visitor:
    """What a browser does to run a page, and what it keeps from one run to the next."""

    def __init__(self, connection: ClientConnection, path: str) -> None:
        self.connection, self.path = connection, path
        self.query, self.script = "", ""
        self.cached: set[str] = set()
        self.received = 0

    async def run(self) -> float:
        """One run of the page; gives its milliseconds."""
        ask = BackMsg()
        ask.rerun_script.query_string = self.query
        ask.rerun_script.page_name = self.path
        ask.rerun_script.page_script_hash = self.script
        ask.rerun_script.cached_message_hashes.extend(self.cached)
        started = time.perf_counter()
        await self.connection.send(ask.SerializeToString())
        while not self._finished(await self.connection.recv(decode=False)):
            pass
        return 1000 * (time.perf_counter() - started)

    def _finished(self, data: bytes) -> bool:
        self.received += len(data)
        message = ForwardMsg.FromString(data)
        if message.metadata.cacheable:
            self.cached.add(message.hash)
        match message.WhichOneof("type"):
            case "navigation":
                self.script = message.navigation.page_script_hash
            case "page_info_changed":
                self.query = message.page_info_changed.query_string
            case "delta" if message.delta.new_element.WhichOneof("type") == "exception":
                raise click.ClickException(f"/{self.path}: {message.delta.new_element.exception.message}")
            case "script_finished":
                return message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
        return False


@dataclass(frozen=True)
class Measured:
    """Milliseconds, and the bytes of a first load."""

    first: float
    size: int
    alone: float
    together: float


async def visit(port: int, path: str, reruns: int) -> tuple[float, int, list[float]]:
    """A new visitor's first load in milliseconds and bytes, then the milliseconds of each rerun."""
    address = f"ws://localhost:{port}/_stcore/stream"
    async with connect(address, subprotocols=["streamlit"], max_size=None, compression=None) as connection:  # type: ignore[list-item]
        visitor = Visitor(connection, path)
        first = await visitor.run()
        size = visitor.received
        for _ in range(WARM_UP):
            await visitor.run()
        return first, size, [await visitor.run() for _ in range(reruns)]


async def measure(port: int, path: str, reruns: int, visitors: int) -> Measured:
    await visit(port, path, 0)  # what a page loads once is no visitor's
    first, size, alone = await visit(port, path, reruns)
    crowd = await asyncio.gather(*(visit(port, path, reruns // 2) for _ in range(visitors)))
    return Measured(first, size, median(alone), median(took for *_, several in crowd for took in several))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(command: list[str], folder: Path, name: str, **environment: str) -> Iterator[int]:
    """A server while it is needed; gives its port."""
    port, log = free_port(), folder / f"{name}.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *command, f"--server.port={port}"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            wait(process, port, log)
            yield port
        finally:
            process.terminate()
            process.wait()


def wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < until:
        try:
            urlopen(f"http://localhost:{port}/_stcore/health", timeout=1).close()
            return
        except (URLError, OSError):
            time.sleep(0.1)
    raise click.ClickException(f"the server did not start:\n{log.read_text()}")


def line(name: str, found: Measured, empty: Measured) -> str:
    return (
        f"{name:16}{found.alone:>9.0f}{empty.alone:>8.0f}{found.alone / empty.alone:>7.2f}"
        f"{found.together:>11.0f}{empty.together:>8.0f}{found.together / empty.together:>7.2f}"
        f"{found.first:>12.0f}{found.size / 1000:>8.0f}"
    )


@click.command()
@click.option("--reruns", default=20, show_default=True)
@click.option("--visitors", default=10, show_default=True, help="How many at the same time, beside one alone.")
def main(reruns: int, visitors: int) -> None:
    """Median rerun of every page beside an empty page: one visitor, then several at once."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "empty.py").write_text('import streamlit as st\nst.write("empty")\n')
        url = f"sqlite:///{folder / 'programme.db'}"
        engine.create(url, DEMO)
        click.echo(f"{'median ms':16}{'one visitor':>24}{f'{visitors} visitors':>26}{'first load':>20}")
        click.echo(f"{'':16}{'page':>9}{'empty':>8}{'ratio':>7}{'page':>11}{'empty':>8}{'ratio':>7}{'ms':>12}{'kB':>8}")
        with (
            served(["benchmarks.plain", "run", "empty.py", "--server.headless=true"], folder, "empty") as plain,
            served(["dashboard", "serve"], folder, "ours", DASHBOARD_DATABASE_URL=url) as ours,
        ):
            for page in PAGES:
                # The empty page each time anew: what else the machine does then weighs on both.
                empty = asyncio.run(measure(plain, "", reruns, visitors))
                click.echo(line(page.key, asyncio.run(measure(ours, page.path, reruns, visitors)), empty))


if __name__ == "__main__":
    main()
