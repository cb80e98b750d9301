"""A web server on this machine that serves a folder by byte ranges, counts, and misbehaves."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import yaml

MODIFIED = "Mon, 05 Jan 2026 08:00:00 GMT"


class Server(ThreadingHTTPServer):
    """`trouble`: part of an address -> what goes wrong there, and how often (None: always)."""

    folder: Path
    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.folder = folder
        self.sent = 0
        self.asked: list[tuple[str, str, str | None]] = []
        self.trouble: dict[str, tuple[str | int, int | None]] = {}
        self.state = "1"
        self.query: str | None = None
        self.login: str | None = None
        self.lock = threading.Lock()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"

    def trouble_of(self, path: str, method: str, *, part: bool) -> str | int | None:
        with self.lock:
            for name, (what, left) in self.trouble.items():
                if name not in path or left == 0:
                    continue
                if what != "short" and (method == "HEAD") is not (what == "no head"):
                    continue
                if what in ("whole", "wrong range", "no range named") and not part:
                    continue
                self.trouble[name] = (what, None if left is None else left - 1)
                return what
        return None

    def bodies(self) -> list[str]:
        """Return the addresses of which something was sent."""
        return [path for method, path, _ in self.asked if method == "GET"]


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_HEAD(self) -> None:
        self.answer("HEAD")

    def do_GET(self) -> None:
        self.answer("GET")

    def answer(self, method: str) -> None:
        wanted = self.headers.get("Range")
        self.server.asked.append((method, self.path, wanted))
        what = self.server.trouble_of(self.path, method, part=wanted is not None)
        file = self.server.folder / unquote(self.path.partition("?")[0].lstrip("/"))
        if not self.is_allowed():
            what = 401
        if isinstance(what, int) or what == "no head" or not file.is_file():
            self.send_error(what if isinstance(what, int) else 403 if what else 404)
            return
        data = file.read_bytes()
        if what == "short":
            data = data[: len(data) * 2 // 3]
        match = re.fullmatch(r"bytes=(\d+)-(\d*)", wanted or "")
        first = int(match[1]) if match else 0
        last = min(int(match[2]) if match and match[2] else len(data), len(data) - 1)
        body = data[first : last + 1]
        if match and what != "whole":
            self.send_response(206)
            shift = 7 if what == "wrong range" else 0
            total = len(data) + (9 if what == "other size" else 0)
            if what != "no range named":
                told = f"bytes {first + shift}-{last + shift}/{total}"
                self.send_header("Content-Range", told)
        else:
            self.send_response(200)
            body = data
        self.send_header("Content-Length", str(len(body)))
        state = self.server.state + (" " if what == "other etag" else "")
        self.send_header(
            "ETag", f'"{hashlib.sha256((self.path + state).encode()).hexdigest()[:12]}"'
        )
        self.send_header("Last-Modified", MODIFIED)
        self.end_headers()
        if method == "GET":
            self.send(body[: len(body) // 2] if what == "drop" else body)

    def is_allowed(self) -> bool:
        """Whether a request has what the server asks for: a query, or a user with password."""
        query, login = self.path.partition("?")[2], self.headers.get("Authorization")
        return query == (self.server.query or query) and login == (self.server.login or login)

    def send(self, body: bytes) -> None:
        step = 1 << 16
        try:
            for start in range(0, len(body), step):
                self.wfile.write(body[start : start + step])
                with self.server.lock:
                    self.server.sent += len(body[start : start + step])
        except OSError:
            return

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """Serve a folder until the block ends."""
    server = Server(folder)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def servers_file(path: Path, server: Server, **settings: object) -> Path:
    """Write a lab's file of servers: all addresses are on this machine."""
    given = {"timeout": 5, "tries": 3, "pause": 0, "mirrors": {"https://": server.address}}
    path.write_text(yaml.safe_dump({**given, **settings}), encoding="utf-8")
    return path
