"""What the simulator writes from the specification alone, the server reads: proofs, seals, acts, pictures, strokes."""

import ast
import json
from base64 import b32encode
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import msgspec
import pytest

from backend.acts.envelope import is_signed, read
from backend.documents import images, sealing
from backend.documents.worker import Given, open_file
from backend.fees import references
from backend.keys import KeyRing, Purpose
from backend.presence import codes
from backend.run_sheets.printing import run_sheet
from backend.simulate.bundle import CourierCode
from backend.simulate.camera import Album, make_album
from backend.simulate.checks import on_the_screen
from backend.simulate.door import drawn
from backend.simulate.forms import FORMS, FontMissing, rendered
from backend.simulate.naming import Naming, dice
from backend.simulate.on_paper import slips_on
from backend.simulate.phone import Clock, Phone
from backend.simulate.references import reference
from backend.simulate.sealed import SealingKey, seal, sealing_key
from backend.staff import dpop
from backend.staff.jwk import base64url, jwk
from backend.sync.reading import Command, legal_time, understood
from tests.run_sheets.test_printing import AT, SHEET, STOPS

SOURCES = Path(__file__).parents[2] / "backend/simulate"
MAY_IMPORT = ("backend.simulate", "backend.acts.envelope", "backend.acts.rules")
TOKEN = "opaque"  # noqa: S105
ADDRESS = "https://tannha.example/api/courier/sync/acts"


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing.make(tmp_path / "keys")


@pytest.fixture
def phone(ring: KeyRing) -> Phone:
    made = Phone("máy 1", uuid4(), Naming(1, 1795310000000))
    made.enrolled(uuid4(), uuid4(), 1, the_sealing_key(ring))
    return made


@pytest.fixture(scope="module")
async def album() -> Album:
    return await make_album(1, len(FORMS))


def the_sealing_key(ring: KeyRing) -> SealingKey:
    key = next(key for key in ring.public() if key.purpose is Purpose.SEAL)
    return sealing_key({"id": str(key.id), "jwk": msgspec.to_builtins(jwk(key.point))})


def test_the_witness_shares_envelope_and_rules_with_the_server_and_nothing_else() -> None:
    for file in SOURCES.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            module = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
            for alias in node.names if isinstance(node, ast.Import | ast.ImportFrom) else ():
                name = module + alias.name
                ours = name.partition(".")[0] in {"backend", "courier_api"}
                assert not ours or name.startswith(MAY_IMPORT), (file.name, name)


def test_the_phone_makes_the_references_and_codes_that_the_server_reads() -> None:
    for number in (1, 2, 23, 529, 1_000_001, references.MOST):
        assert reference(number) == references.reference(number)
    secret, now = b"courier" * 4, datetime(2026, 11, 27, 7, 30, 59, tzinfo=UTC)
    told = CourierCode(badge="DT-000001", secret=b32encode(secret).decode().rstrip("="), step=60, digits=6)
    assert on_the_screen(told, now.timestamp()) == codes.totp(secret, now)


def test_the_slips_of_a_run_sheet_are_read_off_its_pages() -> None:
    stop = msgspec.structs.replace(STOPS[0], where="Số 12, ấp 3")
    sheet = msgspec.structs.replace(SHEET, stops=[stop, *STOPS[1:]])
    assert slips_on(run_sheet(sheet, at=AT)) == sheet.slips


def test_a_proof_is_taken_by_the_server(ring: KeyRing, phone: Phone) -> None:
    now = datetime.now(UTC)
    nonce = dpop.nonce(ring, now)
    proof = phone.prover.prove("POST", ADDRESS, at=now.timestamp(), nonce=nonce, access_token=TOKEN)
    proven = dpop.verify(ring, proof, method="POST", address=ADDRESS, at=now, access_token=TOKEN)
    assert len(proven.thumbprint) == 32


def test_what_a_phone_seals_only_the_centre_opens(ring: KeyRing) -> None:
    sealed = seal(the_sealing_key(ring), "Nguyễn Thị Huệ".encode())
    assert sealing.unseal(ring, sealed).decode() == "Nguyễn Thị Huệ"
    assert seal(the_sealing_key(ring), b"x") != seal(the_sealing_key(ring), b"x")


def test_acts_are_numbered_chained_and_signed(phone: Phone) -> None:
    case = uuid4()
    first = phone.write("depart", case, {"visit_id": uuid4()})
    second = phone.write("record_arrival", case, {"visit_id": uuid4()}, personal={"place": {"note": "sau chợ"}})
    one, two = read(first.data), read(second.data)
    assert (one.seq, one.prev, two.seq, two.prev) == (1, None, 2, first.fingerprint)
    assert is_signed(phone.prover.key.public_key(), second.data, second.signature)
    assert second.personal is not None
    assert "sau chợ".encode() in second.personal
    assert "sau chợ".encode() not in second.data
    assert len(json.loads(second.personal)["salt"]) == 32


def test_a_clock_wrong_by_years_does_no_harm_once_it_is_measured(phone: Phone) -> None:
    phone.clock = Clock(timedelta(days=-9 * 365))
    now = datetime.now(UTC)
    phone.clock.measure(now)
    act = read(phone.write("depart", uuid4(), {"visit_id": uuid4()}).data)
    assert act.occurred_at.year == now.year - 9
    legal, _ = legal_time(act, now - timedelta(minutes=1), now + timedelta(minutes=1))
    assert abs(legal - now) < timedelta(seconds=5)


def test_a_draft_in_anothers_name_is_not_taken_for_it(phone: Phone) -> None:
    other = UUID(int=9)
    act = phone.draft("depart", uuid4(), {"visit_id": uuid4()}, made_by=other, id=uuid4())
    unread = understood(Command(act.data, act.signature), read(act.data), {}, other, datetime.now(UTC))
    assert getattr(unread, "reason", None) == "unknown-device"


async def test_pictures_are_taken_by_the_capped_worker(album: Album) -> None:
    for form in FORMS:
        picture = album.page(form.component, 0)
        clean = images.clean(picture.data)
        assert (clean.width, clean.height) == (1050, 1400)
        assert len(picture.data) < 250_000


def test_strokes_and_their_picture_are_taken_by_the_capped_worker() -> None:
    strokes, picture = drawn(dice(1))
    assert open_file(Given(strokes)).reason is None
    assert open_file(Given(picture)).reason is None


def test_a_font_that_is_not_there_is_not_replaced_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.simulate.forms.FONT", "Phông Không Có")
    with pytest.raises(FontMissing):
        rendered(FORMS[0], 1)


def test_slip_numbers_are_given_out_once(phone: Phone) -> None:
    phone.bundle.slip_blocks = {(11, 12), (31, 31)}
    assert [phone.next_slip() for _ in range(4)] == [11, 12, 31, None]
    assert base64url(b"\xff") == "_w"
