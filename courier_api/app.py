"""The mobile face: its table of contents. All under `/api/courier`, described at `/api/courier/docs`."""

from litestar.types import ControllerRouterHandler

from courier_api.description import Description
from courier_api.files import Files
from courier_api.procedures import Procedures
from courier_api.sign_in import PhoneSignIn
from courier_api.sync import LastWords, Sync

FACES: tuple[ControllerRouterHandler, ...] = (PhoneSignIn, Sync, LastWords, Procedures, Files, Description)
