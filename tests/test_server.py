"""The server as a visitor's browser and an operator meet it, in a process of its own."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from html import unescape
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from dashboard.server import content_policy
from dashboard.settings import ROOT
from dashboard.talks.document import policy as talk_policy
from dashboard.text import LANGUAGES, text

START_SECONDS = 60


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes


@dataclass(frozen=True)
class Server:
    port: int
    process: subprocess.Popen[str]

    def get(self, path: str, **headers: str) -> Answer:
        request = Request(f"http://localhost:{self.port}{path}", headers=headers)
        try:
            with urlopen(request, timeout=10) as found:
                return Answer(found.status, found.headers, found.read())
        except HTTPError as refused:
            return Answer(refused.code, refused.headers, refused.read())

    def healthy(self, path: str) -> bool:
        try:
            return self.get(path).body == b"ok"
        except OSError:
            return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    folder: Path, url: str, port: int, *arguments: str, health: str = "/_stcore/health", **environment: str
) -> Iterator[Server]:
    """A server started from a folder that is not the program's, ended whatever happens."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "dashboard", "serve", *arguments],
        cwd=folder,
        env={**clean, "PYTHONPATH": str(ROOT), "DASHBOARD_DATABASE_URL": url, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    server = Server(port, process)
    try:
        until = time.monotonic() + START_SECONDS
        while not server.healthy(health):
            assert process.poll() is None, process.communicate()[0]
            assert time.monotonic() < until, "the server did not answer in time"
            time.sleep(0.1)
        yield server
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def server(demo_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    port = free_port()
    with serving(tmp_path_factory.mktemp("elsewhere"), demo_url, port, f"--server.port={port}") as started:
        yield started


def test_it_is_healthy_on_the_port_of_the_flag(server: Server) -> None:
    answer = server.get("/_stcore/health")
    assert (answer.status, answer.body) == (200, b"ok")


def test_it_obeys_the_environment_and_ends_without_a_word(demo_url: str, tmp_path: Path) -> None:
    port = free_port()
    with serving(tmp_path, demo_url, port, STREAMLIT_SERVER_PORT=str(port)) as started:
        started.process.send_signal(signal.SIGINT)
        said, _ = started.process.communicate(timeout=20)
        assert said.splitlines() == [f"The dashboard is at http://localhost:{port}"]
        assert started.process.returncode == 0


@pytest.mark.parametrize("path", ["/", "/partnerships", "/app/static/land.geojson", "/_stcore/health"])
def test_every_answer_carries_the_security_headers(server: Server, path: str) -> None:
    found = server.get(path).headers
    assert "default-src 'self'" in found["Content-Security-Policy"]
    assert found["X-Content-Type-Options"] == "nosniff"
    assert found["X-Frame-Options"] == "SAMEORIGIN"
    assert found["Referrer-Policy"] == "same-origin"
    assert "geolocation=()" in found["Permissions-Policy"]
    assert found["Cross-Origin-Opener-Policy"] == "same-origin"


def test_the_policy_lets_nothing_but_our_own_host_in(server: Server) -> None:
    policy = server.get("/").headers["Content-Security-Policy"]
    allowed = {source for rule in policy.split("; ") for source in rule.split()[1:]}
    plain = {source for source in allowed if not source.startswith("'sha256-")}
    assert plain == {"'self'", "'none'", "'unsafe-eval'", "'wasm-unsafe-eval'", "'unsafe-inline'", "data:", "blob:"}
    assert "'unsafe-inline'" not in next(rule for rule in policy.split("; ") if rule.startswith("script-src"))


def test_the_policy_names_the_inline_scripts_of_the_page_served(server: Server) -> None:
    answer = server.get("/")
    assert answer.headers["Content-Security-Policy"] == content_policy(answer.body.decode())
    assert "<script>" in answer.body.decode()


def test_the_hash_of_a_script() -> None:
    # echo -n 'alert(1)' | openssl dgst -sha256 -binary | base64
    assert "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='" in content_policy("<script>alert(1)</script>")


def test_the_page_asks_no_other_host(server: Server) -> None:
    page = server.get("/").body.decode()
    assert not re.findall(r"""(?:src|href|action)=["']?(?:https?:)?//[^"'\s>]+""", page)


def test_the_land_is_compressed_geojson_that_keeps(server: Server) -> None:
    packed = server.get("/app/static/land.geojson", **{"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers.get_content_type() == "application/geo+json"
    assert packed.headers["Cache-Control"] == "public, max-age=86400"
    land = gzip.decompress(packed.body)
    assert land == (ROOT / "dashboard" / "static" / "land.geojson").read_bytes()
    assert json.loads(land)["type"] == "FeatureCollection"
    assert len(packed.body) < len(land) / 2


def test_streamlit_s_scripts_are_compressed(server: Server) -> None:
    script = re.search(r'src="\./(static/js/[^"]+)"', server.get("/").body.decode())
    assert script
    answer = server.get(f"/{script[1]}", **{"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]


def test_who_cannot_unpack_gets_it_plain(server: Server) -> None:
    answer = server.get("/app/static/land.geojson", **{"Accept-Encoding": "identity"})
    assert answer.headers["Content-Encoding"] is None
    assert json.loads(answer.body)["type"] == "FeatureCollection"


def test_the_favicon_is_ours(server: Server) -> None:
    answer = server.get("/app/static/favicon.svg")
    assert (answer.status, answer.headers.get_content_type()) == (200, "image/svg+xml")


@pytest.mark.parametrize(
    "path",
    ["/nothing", "/app/static/nothing.geojson", "/app/static/%2e%2e/app.py", "/static/../../etc/passwd", "/a?b=%00"],
)
def test_an_unknown_path_is_no_fault_and_gives_no_file_away(server: Server, path: str) -> None:
    answer = server.get(path)
    assert answer.status < 500
    assert b"import " not in answer.body
    assert b"root:" not in answer.body


def test_the_configuration_is_the_project_s(server: Server) -> None:
    # Started in another folder, the server still serves /app/static, which streamlit does not by itself.
    assert server.get("/app/static/favicon.svg").status == 200
    assert server.get("/app/static/nothing.svg").status == 404


def test_a_talk_has_a_policy_of_its_own_and_everything_in_it(server: Server) -> None:
    answer = server.get("/talk?slide=pipeline&slide=cake&lang=ja")
    page = answer.body.decode()
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Content-Security-Policy"] == f"{talk_policy()}; frame-ancestors 'self'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert page.startswith('<!doctype html>\n<html lang="ja"')
    assert page.count('<section class="slide"') == 1
    assert "slide = cake" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_talk_without_a_record_names_the_remedy(tmp_path: Path, sqlite_url: str, language: str) -> None:
    port = free_port()
    with serving(tmp_path, sqlite_url, port, f"--server.port={port}") as started:
        answer = started.get(f"/talk?slide=pipeline&lang={language}")
    page = unescape(answer.body.decode())
    assert answer.status == 503
    assert f'<html lang="{language}"' in page
    assert text("problem.title", language) in page
    assert text("remedy.no_programme", language) in page
def test_open_data_stand_on_the_same_server_before_its_pages(server: Server) -> None:
    found = server.get("/api/indicators")
    assert found.headers.get_content_type() == "application/json"
    assert {row["key"]: row["value"] for row in json.loads(found.body)["data"]}["partnerships"] == 11
    assert server.get("/api").body == server.get("/api/").body
    assert server.get("/api/nothing").status == 404
    assert server.get("/embed/nothing").status == 404
    assert b"<title>Streamlit" in server.get("/apiary").body


def test_what_an_answer_varies_by_is_said_once(server: Server) -> None:
    for address in ("/api/figures", "/embed/origins", "/"):
        for packing in ("gzip", "identity"):
            assert server.get(address, **{"Accept-Encoding": packing}).headers.get_all("Vary") == ["Accept-Encoding"]


def test_head_has_no_body_and_an_unchanged_answer_none_either(server: Server) -> None:
    first = server.get("/api/figures", **{"Accept-Encoding": "gzip"})
    assert first.headers["Content-Encoding"] == "gzip"
    again = server.get("/api/figures", **{"Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]})
    assert (again.status, again.body) == (304, b"")
    with urlopen(Request(f"http://localhost:{server.port}/api/figures", method="HEAD"), timeout=10) as asked:
        assert (asked.status, asked.read()) == (200, b"")
        assert asked.headers["ETag"] == first.headers["ETag"]


def test_only_a_figure_s_own_page_may_stand_in_any_frame(server: Server) -> None:
    framed, kept = server.get("/embed/origins").headers, server.get("/api/").headers
    assert framed["X-Frame-Options"] is None
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert framed["X-Content-Type-Options"] == "nosniff"
    assert kept["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in kept["Content-Security-Policy"]


def test_open_data_stand_below_the_base_of_the_pages(demo_url: str, tmp_path: Path) -> None:
    port = free_port()
    flags = (f"--server.port={port}", "--server.baseUrlPath=below/here")
    with serving(tmp_path, demo_url, port, *flags, health="/below/here/_stcore/health") as started:
        index = json.loads(started.get("/below/here/api/").body)["data"]
        home = f"http://localhost:{port}/below/here"
        assert {one["address"].partition("/api")[0] for one in index} == {home}
        assert started.get("/below/here/api").status == 200
        figure = started.get("/below/here/embed/origins")
        assert f'href="{home}/partnerships?lang=en#origins"'.encode() in figure.body
        assert figure.headers["X-Frame-Options"] is None
