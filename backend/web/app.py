"""The faces of office and public: their table of contents."""

from litestar.datastructures import CacheControlHeader
from litestar.static_files import create_static_files_router  # pyright: ignore[reportUnknownVariableType]
from litestar.types import ControllerRouterHandler

from backend.web.bags import Bags
from backend.web.bank import BankNotices
from backend.web.call_backs import CallBacks
from backend.web.calling import Calling
from backend.web.checking import CheckAtDesk, CheckCourier
from backend.web.citizen import Public
from backend.web.day_list import DayList
from backend.web.desk import DeskPages
from backend.web.desk_api import DeskApi
from backend.web.digitising import DigitisedRecords, Digitising
from backend.web.enrolling import EnrolmentCodes
from backend.web.gallery import Gallery
from backend.web.incidents import Incidents
from backend.web.label_sets import LabelSets
from backend.web.lending import LendingCodes
from backend.web.lengthening import LeaseCodes
from backend.web.look_up import LookUp
from backend.web.pages import STATIC
from backend.web.payment_codes import PaymentCodes
from backend.web.pictures import Pictures
from backend.web.portal import PortalDoor
from backend.web.portraits import PortraitOfCourier, Portraits
from backend.web.procedures import ProcedurePages
from backend.web.province import Province
from backend.web.pushes import Pushes
from backend.web.receipts import Receipts
from backend.web.registering import Registering
from backend.web.rekeying import Rekeying
from backend.web.run_sheets import RunSheets
from backend.web.scan import Scan, ScanJson
from backend.web.shifts import Shifts
from backend.web.sign_in import DeskSignIn, DeskSignInJson, DeskSignOut
from backend.web.skills import Skills
from backend.web.slips import Slips
from backend.web.telling import Telling
from backend.web.urgings import Urgings

FACES: tuple[ControllerRouterHandler, ...] = (
    Public,
    Pushes,
    CheckCourier,
    PortraitOfCourier,
    ProcedurePages,
    DeskSignIn,
    DeskSignOut,
    DeskPages,
    Registering,
    Telling,
    Calling,
    CallBacks,
    DayList,
    EnrolmentCodes,
    LendingCodes,
    LeaseCodes,
    Skills,
    Portraits,
    Digitising,
    DigitisedRecords,
    Province,
    Urgings,
    BankNotices,
    PortalDoor,
    LabelSets,
    Bags,
    Shifts,
    Incidents,
    Receipts,
    Slips,
    RunSheets,
    Rekeying,
    PaymentCodes,
    Pictures,
    Gallery,
    LookUp,
    CheckAtDesk,
    Scan,
    ScanJson,
    DeskSignInJson,
    DeskApi,
    create_static_files_router(
        path="/static",
        directories=[STATIC],
        name="web-static",
        cache_control=CacheControlHeader(max_age=86_400, public=True),
        opt={"public": True},
    ),
)
