"""The mobile face: its table of contents. All under `/api/courier`, described at `/api/courier/docs`;
the phone app itself at `/courier/`."""

from litestar.types import ControllerRouterHandler

from courier_api import phone_pages
from courier_api.description import Description
from courier_api.eforms import ElectronicForms
from courier_api.files import Files
from courier_api.offices import Offices
from courier_api.procedures import Procedures
from courier_api.sign_in import PhoneSignIn
from courier_api.sync import LastWords, Sync

FACES: tuple[ControllerRouterHandler, ...] = (
    PhoneSignIn,
    Sync,
    LastWords,
    Procedures,
    ElectronicForms,
    Offices,
    Files,
    Description,
    *phone_pages.faces(),
)
