"""The demo's handles: a clock that may be moved, and a pretend bank. A server that serves citizens has neither."""

from typing import Any

import httpx

from backend.simulate.carrier import Refused, problem_of
from backend.simulate.line import Line, Weather

_NO_SUCH_ADDRESS = (404, "not-found")


async def handled(
    line: Line, weather: Weather, method: str, path: str, body: dict[str, Any] | None = None
) -> httpx.Response | None:
    """None where the server has no such handle. Raises Refused for all else that is no success."""
    answer = await line.ask(lambda: line.http.build_request(method, path, json=body), weather)
    if answer.status_code == 200:
        return answer
    if (answer.status_code, problem_of(answer).slug) == _NO_SUCH_ADDRESS:
        return None
    raise Refused(answer)
