"""A robot server and a mail server of the tests' own, on this machine."""

import json
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Robots:
    """Answers every post with ``status`` and ``answer``; keeps what came."""

    status: int = 200
    answer: Any = field(default_factory=lambda: {"errcode": 0, "errmsg": "ok"})
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0
    hang_up: bool = False
    came: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    address: str = ""

    @property
    def texts(self) -> list[str]:
        return [self._text(body) for _, body in self.came]

    @staticmethod
    def _text(body: dict[str, Any]) -> str:
        inner = body.get("text") or body.get("content")
        return inner.get("content") or inner.get("text")


@contextmanager
def robot_server() -> Iterator[Robots]:
    robots = Robots()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            robots.came.append((self.path, body))
            time.sleep(robots.wait)
            if robots.hang_up:
                self.close_connection = True
                self.connection.close()
                return
            said = robots.answer if isinstance(robots.answer, bytes) else json.dumps(robots.answer).encode()
            self.send_response(robots.status)
            for name, value in robots.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: Any) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *_: Any) -> None:
            """A connection that was closed on purpose is no error."""

    server = Quiet(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    robots.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield robots
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class Sink:
    """Takes mail: ``replies`` changes what is answered to a command; ``drop`` hangs up after the text."""

    replies: dict[str, str] = field(default_factory=dict)
    drop: bool = False
    mails: list[tuple[str, str]] = field(default_factory=list)
    port: int = 0


@contextmanager
def mail_server() -> Iterator[Sink]:
    sink = Sink()

    class Handler(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        def handle(self) -> None:
            self.say("220 here")
            to = ""
            while line := self.rfile.readline().decode():
                word = line.split()[0].upper() if line.split() else ""
                if word == "RCPT":
                    to = line.partition("<")[2].partition(">")[0]
                if word == "DATA" and "DATA" not in sink.replies:
                    self.say("354 go on")
                    sink.mails.append((to, self.text()))
                    if sink.drop:
                        return
                    self.say(sink.replies.get("TEXT", "250 taken"))
                elif word == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say(sink.replies.get(word, "250 fine"))

        def text(self) -> str:
            lines = []
            while (line := self.rfile.readline().decode()) != ".\r\n":
                lines.append(line)
            return "".join(lines)

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sink.port = server.server_address[1]
    try:
        yield sink
    finally:
        server.shutdown()
        server.server_close()
