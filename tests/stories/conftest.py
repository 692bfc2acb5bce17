"""After every story everything adds up: nothing lost, no fault of the server, every refusal says what to do."""

from collections.abc import AsyncGenerator

import pytest

from tests.stories.town import Town


@pytest.fixture(autouse=True)
async def told(town: Town) -> AsyncGenerator[None]:
    yield
    town.adds_up()
