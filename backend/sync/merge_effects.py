"""What merging two cases of one matter does to the rows, and undoing it (F02)."""

from msgspec.structs import replace

from backend.dossiers.errors import MergedElsewhere
from backend.dossiers.model import Dossier, Merge, UndoMerge
from backend.sync.case_effects import dossier_of, give_up_all
from backend.sync.doing import Doing, Effect


def merge(do: Doing, body: Merge) -> None:
    """Papers and money stay where they are, under their own ids. The dossier's code goes on with the survivor."""
    give_up_all(do)
    own = dossier_of(do)
    survivors = do.world.get(Dossier, body.survivor) or Dossier(case_id=body.survivor)
    goes_on = own.code is not None and survivors.code in (None, own.code)
    do.world.put(replace(do.case, merged_into=body.survivor), replace(own, live=False))
    if goes_on:
        do.world.put(replace(survivors, code=own.code, live=own.live or survivors.live))


def undo_merge(do: Doing, body: UndoMerge) -> None:
    """The code stays with the survivor: the agency says anew what this one is."""
    if do.case.merged_into != body.survivor:
        raise MergedElsewhere("Hồ sơ này không gộp vào hồ sơ đó. Tải lại trang rồi làm lại.")
    do.world.put(replace(do.case, merged_into=None, agency_confirmed=False))


EFFECTS: dict[str, Effect] = {"merge": merge, "undo_merge": undo_merge}
