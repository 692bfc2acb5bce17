"""The key folder: closed to others, written whole, rotated without losing what was made before."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from backend.keys import BEGINNING, ELLIPTIC, KeyRing, KeysUnsafe, Purpose, same
from backend.sealing import CannotOpen, key_id, make_data_key

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "keys"


@pytest.fixture
def ring(folder: Path) -> KeyRing:
    return KeyRing.make(folder)


def test_folder_and_files_are_closed_to_others(ring: KeyRing, folder: Path):
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.name for file in folder.iterdir()} == {f"{purpose}.json" for purpose in Purpose}
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}


def test_every_purpose_has_a_key_from_the_beginning_of_time(ring: KeyRing):
    assert {len(ring.current(purpose, BEGINNING).material) == 32 for purpose in Purpose if purpose not in ELLIPTIC} == {
        True
    }
    for purpose in ELLIPTIC:
        assert isinstance(ring.current(purpose, NOW).private().curve, ec.SECP256R1)


def test_making_again_changes_no_key(ring: KeyRing, folder: Path):
    before = {purpose: ring.all(purpose) for purpose in Purpose}
    ring.file(Purpose.PAYMENT).unlink()
    again = KeyRing.make(folder)
    changed = [purpose for purpose in Purpose if again.all(purpose) != before[purpose]]
    assert changed == [Purpose.PAYMENT]


@pytest.mark.parametrize("mode", [0o710, 0o750, 0o701, 0o770])
def test_a_folder_open_to_others_is_refused(ring: KeyRing, folder: Path, mode: int):
    folder.chmod(mode)
    with pytest.raises(KeysUnsafe, match="mở cho người khác"):
        KeyRing.open(folder)


def test_a_file_open_to_others_is_refused(ring: KeyRing, folder: Path):
    ring.file(Purpose.WRAP).chmod(0o640)
    with pytest.raises(KeysUnsafe, match="mở cho người khác"):
        KeyRing.open(folder)


def test_a_link_instead_of_a_folder_is_refused(ring: KeyRing, folder: Path, tmp_path: Path):
    link = tmp_path / "link"
    link.symlink_to(folder)
    with pytest.raises(KeysUnsafe):
        KeyRing.open(link)


@pytest.mark.parametrize("content", ["", "[]", "{}", '[{"id": 1}]', "null"])
def test_a_file_without_a_usable_key_is_refused(ring: KeyRing, folder: Path, content: str):
    ring.file(Purpose.TOKEN).write_text(content)
    with pytest.raises(KeysUnsafe, match="bản sao lưu"):
        KeyRing.open(folder)


def test_keys_of_one_kind_do_not_pass_for_another(ring: KeyRing, folder: Path):
    ring.file(Purpose.SIGN).write_bytes(ring.file(Purpose.TOKEN).read_bytes())
    with pytest.raises(KeysUnsafe):
        KeyRing.open(folder)


def test_a_missing_folder_or_purpose_is_named(ring: KeyRing, folder: Path):
    with pytest.raises(KeysUnsafe, match="tạo khóa"):
        KeyRing.open(folder / "none")
    ring.file(Purpose.NONCE).unlink()
    with pytest.raises(KeysUnsafe, match="nonce"):
        KeyRing.open(folder)


def test_a_rotated_key_takes_over_at_its_hour_in_every_process(ring: KeyRing, folder: Path):
    other = KeyRing.open(folder)
    first = other.current(Purpose.TOKEN, NOW)
    later = NOW + timedelta(days=1)
    second = ring.rotate(Purpose.TOKEN, later)
    assert other.current(Purpose.TOKEN, NOW).id == first.id
    assert other.current(Purpose.TOKEN, later) == second
    assert other.get(Purpose.TOKEN, first.id).valid_to == later
    with pytest.raises(ValueError, match="begin after"):
        ring.rotate(Purpose.TOKEN, later)


def test_an_unknown_key_id_is_a_key_error(ring: KeyRing):
    with pytest.raises(KeyError):
        ring.get(Purpose.TOKEN, uuid4())


def test_a_data_key_wrapped_before_a_rotation_still_opens(ring: KeyRing):
    data_key = make_data_key()
    wrapped = ring.wrap(data_key, NOW)
    new = ring.rotate(Purpose.WRAP, NOW)
    assert ring.unwrap(data_key.id, wrapped) == data_key
    assert key_id(wrapped) != new.id
    assert key_id(ring.wrap(data_key, NOW)) == new.id


def test_a_wrapped_key_under_another_id_or_after_its_wrapping_key_is_gone_does_not_open(ring: KeyRing, folder: Path):
    data_key = make_data_key()
    wrapped = ring.wrap(data_key, NOW)
    with pytest.raises(CannotOpen):
        ring.unwrap(uuid4(), wrapped)
    ring.file(Purpose.WRAP).unlink()
    with pytest.raises(CannotOpen):
        KeyRing.make(folder).unwrap(data_key.id, wrapped)


def test_sealed_bytes_open_only_whole_with_their_key_and_context():
    data_key, other = make_data_key(), make_data_key()
    sealed = data_key.seal("Nguyễn Thị Huệ".encode(), b"case 1")
    assert data_key.open(sealed, b"case 1").decode() == "Nguyễn Thị Huệ"
    assert key_id(sealed) == data_key.id
    for key, content, context in [
        (data_key, sealed, b"case 2"),
        (other, sealed, b"case 1"),
        (data_key, sealed[:-1], b"case 1"),
        (data_key, sealed[:20], b"case 1"),
        (data_key, sealed[:-1] + bytes([sealed[-1] ^ 1]), b"case 1"),
    ]:
        with pytest.raises(CannotOpen):
            key.open(content, context)


def test_a_key_never_shows_its_material(ring: KeyRing):
    key, data_key = ring.current(Purpose.TOKEN, NOW), make_data_key()
    assert repr(key) == f"Key({key.id})"
    assert f"{data_key}" == f"DataKey({data_key.id})"


def test_a_mac_is_of_one_key_and_one_message(ring: KeyRing):
    key = ring.current(Purpose.TRACKING, NOW)
    assert same(key.mac(b"1"), key.mac(b"1"))
    assert not same(key.mac(b"1"), key.mac(b"2"))
    assert not same(key.mac(b"1"), ring.rotate(Purpose.TRACKING, NOW).mac(b"1"))


def test_phones_get_the_public_halves_of_label_and_seal_keys_with_their_dates(ring: KeyRing):
    ring.rotate(Purpose.LABEL, NOW)
    published = ring.public()
    assert [(key.purpose, key.valid_to) for key in published] == [("label", NOW), ("label", None), ("seal", None)]
    signature = ring.current(Purpose.LABEL, NOW).private().sign(b"label", ec.ECDSA(hashes.SHA256()))
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), published[1].point)
    point.verify(signature, b"label", ec.ECDSA(hashes.SHA256()))
