"""A gateway as a real HTTP server: it remembers every request, and answers as it is told."""

import contextlib
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Listening:
    """`answers`: status codes for the next requests, then 204. `headers`: sent with each. `slow`: seconds to answer."""

    url: str = ""
    requests: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    slow: float = 0.0


@contextmanager
def listening() -> Generator[Listening]:
    gateway = Listening()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            body = self.rfile.read(length)
            if len(body) < length:  # whoever sent it was killed in the middle of it
                return
            time.sleep(gateway.slow)
            gateway.paths.append(self.path)
            gateway.requests.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(gateway.answers.pop(0) if gateway.answers else 204)
            for name, value in gateway.headers.items():
                self.send_header(name, value)
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # whoever asked was killed
                self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    gateway.url = f"http://127.0.0.1:{server.server_port}/send"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield gateway
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
