"""What the acts on the parties of a case do to its rows."""

from collections.abc import Sequence
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from backend.dossiers import codes, parties
from backend.dossiers.errors import DossierClosed, LiveRegistrationExists
from backend.dossiers.model import Case, Dossier
from backend.dossiers.party_model import ChangeRecipient, CorrectRegistration, PartiesPersonal, Party
from backend.errors import Invalid
from backend.registrations.model import RegisterPersonal
from backend.sync.doing import Doing, Effect

P = TypeVar("P", bound=msgspec.Struct)


def personal_of(do: Doing, kind: type[P]) -> P:
    """Raises Invalid."""
    try:
        return msgspec.json.decode(do.act.personal or b"", type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Invalid(f"Thông tin người nộp chưa đúng ({error}). Xem lại rồi gửi lại.", pointer="/personal") from error


def of_registration(do: Doing, case: Case, personal: RegisterPersonal) -> list[Party]:
    return fit(do, [parties.owner(case, personal.owner), *parties.told(case.case_id, personal.parties)])


def correct_registration(do: Doing, body: CorrectRegistration) -> None:
    changed = parties.corrected(do.world.of_case(Party, do.subject), _told(do), body.removes)
    do.world.put(parties.named(do.case, changed), *changed)
    if body.dossier_code is not None:
        if do.world.knows("live_dossier", body.dossier_code):
            raise LiveRegistrationExists("Hồ sơ mang mã này đã có đăng ký khác. Tìm theo mã rồi mở hồ sơ đó.")
        dossier = do.world.get(Dossier, do.subject) or Dossier(case_id=do.subject)
        if body.dossier_code != dossier.code and do.world.knows("closed_dossier", body.dossier_code):
            raise DossierClosed("Cơ quan đã trả kết quả hoặc đã dừng hồ sơ mang mã này. Kiểm tra lại mã hồ sơ.")
        do.world.put(replace(dossier, code=codes.checked(body.dossier_code)))


def change_recipient(do: Doing, body: ChangeRecipient) -> None:
    """Where only the owner may receive, whoever is named waits a working day (F07)."""
    told = [replace(party, since=do.world.changed_from.get(do.act.key)) for party in _told(do)]
    do.world.put(*parties.recipients_changed(do.world.of_case(Party, do.subject), told, body.removes))


def _told(do: Doing) -> list[Party]:
    """None are told where an act has no personal part."""
    if do.act.personal is None:
        return []
    return fit(do, parties.told(do.subject, personal_of(do, PartiesPersonal).parties))


def fit(do: Doing, told: Sequence[Party]) -> list[Party]:
    """What somebody at a desk tells of people must be possible. Raises PartyUnfit."""
    if not do.act.by_courier:
        parties.must_fit(told)
    return list(told)


EFFECTS: dict[str, Effect] = {"correct_registration": correct_registration, "change_recipient": change_recipient}
