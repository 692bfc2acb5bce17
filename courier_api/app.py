"""The mobile face: its table of contents. All under `/api/courier`; the description at `/api/courier/openapi.json`."""

from litestar.types import ControllerRouterHandler

from courier_api.files import Files
from courier_api.sign_in import PhoneSignIn
from courier_api.sync import LastWords, Sync

FACES: tuple[ControllerRouterHandler, ...] = (PhoneSignIn, Sync, LastWords, Files)
