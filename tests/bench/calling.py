"""A lean HTTP/1.1 client over one kept connection: on two cores a comfortable one would be what is measured."""

import asyncio
from dataclasses import dataclass


@dataclass
class Line:
    """One connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    told_to_wait: int = 0
    """Seconds, by the last answer."""

    @classmethod
    async def open(cls, port: int) -> "Line":
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def ask(self, *request: bytes) -> tuple[int, bytes]:
        """(status, body) of a request written out beforehand, in one part or several."""
        self.writer.writelines(request)
        head = await self.reader.readuntil(b"\r\n\r\n")
        status, length, self.told_to_wait = int(head[9:12]), 0, 0
        for line in head.split(b"\r\n"):
            if line[:15].lower() == b"content-length:":
                length = int(line[15:])
            elif line[:12].lower() == b"retry-after:":
                self.told_to_wait = int(line[12:])
        return status, await self.reader.readexactly(length) if length else b""

    def close(self) -> None:
        self.writer.close()


def written(method: str, path: str, port: int, headers: dict[str, str], body: bytes) -> bytes:
    return begun(method, path, port, headers, len(body)) + body


def begun(method: str, path: str, port: int, headers: dict[str, str], length: int) -> bytes:
    """All of a request but its body."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Content-Length: {length}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"
