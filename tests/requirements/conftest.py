"""After the requirements of a file everything adds up, as after a story."""

from collections.abc import AsyncGenerator

import pytest

from tests.stories.town import Town


@pytest.fixture(scope="module", autouse=True)
async def told(town: Town) -> AsyncGenerator[None]:
    yield
    town.adds_up()
