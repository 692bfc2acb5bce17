"""The operations of the courier API as they are described: who may call them, what they take and give, examples.

Kept by hand beside the routes; a test holds the two together.
"""

from datetime import UTC, datetime
from uuid import UUID

from backend.acts import envelope
from backend.acts.envelope import Subject
from backend.documents.model import LARGEST_UPLOAD, SEALED_TYPE
from backend.eforms.forms import Forms
from backend.procedures.catalogue import Catalogue
from backend.staff.jwk import base64url
from backend.sync.day import Day
from backend.sync.model import Answered, Batch
from courier_api.eforms import ElectronicForms
from courier_api.files import BODY_TYPE, PATH, Files
from courier_api.offices import Offices, OfficesOfDay
from courier_api.operation import Header, Needs, Operation
from courier_api.procedures import Procedures
from courier_api.sign_in import Borrow, Enrol, PhoneSignIn, Refresh, Session, SignIn
from courier_api.sync import LastWords, Sync

_DEVICE, _PERSON, _CASE, _VISIT = (UUID(f"0199c0de-0000-7000-8000-00000000000{n}") for n in range(1, 5))
_POINT = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"
_SIGNATURE = base64url(bytes(64))
_ENVELOPE = envelope.write(
    made_by=_DEVICE,
    id=UUID("0199c0de-0000-7000-8000-000000000005"),
    actor=_PERSON,
    subject=Subject("case", _CASE),
    kind="depart",
    rules=1,
    base=3,
    occurred_at=datetime(2026, 11, 25, 0, 30, tzinfo=UTC),
    body={"visit_id": str(_VISIT)},
    seq=1,
    offset_ms=0,
)

_VERSION = Header("Tus-Resumable", "Bản của tus · version of tus", {"const": "1.0.0", "type": "string"}, "1.0.0")
_SHA256 = "sha256 " + "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
_CHECKSUM = Header(
    "Upload-Checksum",
    "Mã băm của phần gửi lần này · hash of this request's body",
    {"type": "string", "pattern": r"^(sha1|sha256) [A-Za-z0-9+/]+={0,2}$"},
    _SHA256,
    required=False,
)
_LENGTH = Header(
    "Upload-Length", "Tổng số byte · bytes in all", {"type": "integer", "minimum": 0, "maximum": LARGEST_UPLOAD}, "0"
)
_METADATA = Header(
    "Upload-Metadata",
    "Mã, mã băm và kiểu của ảnh, base64 · `id`, `sha256`, `media_type` of the file",
    {"type": "string", "maxLength": 4000},
    "media_type aW1hZ2Uvd2VicA==",
    required=False,
)
_OFFSET = Header("Upload-Offset", "Gửi tiếp từ byte nào · where to go on", {"type": "integer", "minimum": 0}, "0")
_OVERRIDE = Header(
    "X-HTTP-Method-Override",
    "Khi mạng chặn PATCH · where a network lets no PATCH through",
    {"type": "string", "enum": ["PATCH", "DELETE"]},
    "PATCH",
)
_SINCE = Header(
    "since",
    "Con trỏ của lần trước; không có: lấy hết · cursor of the last answer; none: everything",
    {"type": "string", "maxLength": 80},
    "0199c0de000040008000000000000009-2f1",
    required=False,
)
_ONE = PATH + "/{upload_id}"
_STANDS = ("Upload-Offset", "Upload-Expires")

OPERATIONS = (
    Operation(
        id="enrol",
        method="POST",
        path="/api/courier/enrol",
        title="Kích hoạt máy",
        handler=PhoneSignIn.enrol,
        needs=Needs.NOTHING,
        status=201,
        takes=Enrol,
        gives=Session,
        example={
            "code": "TANNHA:ENROL:ABCDEFGHJKMNPQRSTVWXYZ2345",
            "public_key": {"kty": "EC", "crv": "P-256", "x": _POINT[0], "y": _POINT[1]},
            "proof": _SIGNATURE,
        },
    ),
    Operation(
        id="borrow",
        method="POST",
        path="/api/courier/borrow",
        title="Mượn máy dự phòng",
        handler=PhoneSignIn.borrow,
        needs=Needs.PROOF,
        status=201,
        takes=Borrow,
        gives=Session,
        example={
            "code": "4821 7093",
            "public_key": {"kty": "EC", "crv": "P-256", "x": _POINT[0], "y": _POINT[1]},
            "proof": _SIGNATURE,
        },
    ),
    Operation(
        id="sign_in",
        method="POST",
        path="/api/courier/sign-in",
        title="Đăng nhập",
        handler=PhoneSignIn.sign_in,
        needs=Needs.PROOF,
        status=201,
        takes=SignIn,
        gives=Session,
        example={"account": "lan", "password": "Sông Tiền mùa nước nổi"},
    ),
    Operation(
        id="refresh",
        method="POST",
        path="/api/courier/refresh",
        title="Gia hạn đăng nhập",
        handler=PhoneSignIn.refresh,
        needs=Needs.PROOF,
        status=201,
        takes=Refresh,
        gives=Session,
        example={"refresh_token": base64url(bytes(48))},
    ),
    Operation(
        id="sign_out",
        method="POST",
        path="/api/courier/sign-out",
        title="Đăng xuất",
        handler=PhoneSignIn.sign_out,
        needs=Needs.SESSION,
        status=204,
    ),
    Operation(
        id="getDay",
        method="GET",
        path="/api/courier/sync/day",
        title="Việc trong ngày, hoặc phần đã đổi",
        handler=Sync.day,
        needs=Needs.SESSION,
        status=200,
        gives=Day,
        query=(_SINCE,),
    ),
    Operation(
        id="getProcedures",
        method="GET",
        path="/api/courier/procedures/{sha256}",
        title="Danh mục thủ tục",
        handler=Procedures.catalogue,
        needs=Needs.SESSION,
        status=200,
        gives=Catalogue,
    ),
    Operation(
        id="getForms",
        method="GET",
        path="/api/courier/forms/{sha256}",
        title="Bộ tờ khai điện tử",
        handler=ElectronicForms.forms,
        needs=Needs.SESSION,
        status=200,
        gives=Forms,
    ),
    Operation(
        id="getOffices",
        method="GET",
        path="/api/courier/offices",
        title="Cơ quan, bưu cục và xã, phường",
        handler=Offices.today,
        needs=Needs.SESSION,
        status=200,
        gives=OfficesOfDay,
    ),
    Operation(
        id="sendActs",
        method="POST",
        path="/api/courier/sync/acts",
        title="Gửi việc đã làm",
        handler=Sync.send,
        needs=Needs.SESSION,
        status=200,
        takes=Batch,
        gives=Answered,
        example={
            "acts": [{"envelope": base64url(_ENVELOPE), "signature": _SIGNATURE, "personal": None}],
            "health": {"unsent": 0, "storage_used": 12_000_000, "battery": 81, "clock_offset_ms": -350},
        },
    ),
    Operation(
        id="sendLast",
        method="POST",
        path="/api/courier/sync/last",
        title="Nộp nốt việc còn trên máy đã thu hồi",
        handler=LastWords.last,
        needs=Needs.NOTHING,
        status=204,
        takes=SEALED_TYPE,
    ),
    Operation(
        id="ask_upload_options",
        method="OPTIONS",
        path=PATH,
        title="Hỏi cách gửi ảnh",
        handler=Files.create,
        needs=Needs.SESSION,
        status=204,
        answers=("Tus-Version", "Tus-Extension", "Tus-Max-Size", "Tus-Checksum-Algorithm"),
    ),
    Operation(
        id="create_upload",
        method="POST",
        path=PATH,
        title="Bắt đầu gửi một ảnh",
        handler=Files.create,
        needs=Needs.SESSION,
        status=201,
        takes=BODY_TYPE,
        headers=(_VERSION, _LENGTH, _METADATA, _CHECKSUM),
        answers=("Location", *_STANDS),
    ),
    Operation(
        id="look_at_upload",
        method="HEAD",
        path=_ONE,
        title="Ảnh đã đến bao nhiêu",
        handler=Files.look,
        needs=Needs.SESSION,
        status=200,
        headers=(_VERSION,),
        answers=("Upload-Length", "Upload-Metadata", *_STANDS),
    ),
    Operation(
        id="append_to_upload",
        method="PATCH",
        path=_ONE,
        title="Gửi tiếp một ảnh",
        handler=Files.append,
        needs=Needs.SESSION,
        status=204,
        takes=BODY_TYPE,
        headers=(_VERSION, _OFFSET, _CHECKSUM),
        answers=_STANDS,
    ),
    Operation(
        id="append_to_upload_by_post",
        method="POST",
        path=_ONE,
        title="Gửi tiếp một ảnh, bằng POST",
        handler=Files.append,
        needs=Needs.SESSION,
        status=204,
        takes=BODY_TYPE,
        headers=(_VERSION, _OFFSET, _OVERRIDE, _CHECKSUM),
        answers=_STANDS,
    ),
    Operation(
        id="end_upload",
        method="DELETE",
        path=_ONE,
        title="Bỏ một ảnh đang gửi dở",
        handler=Files.end,
        needs=Needs.SESSION,
        status=204,
        headers=(_VERSION,),
    ),
)
