"""Closing a day that hangs on a phone, and the second signature under it (F11, F16). Pure: no I/O."""

from typing import Literal

import msgspec

from backend.dossiers.model import Amount, Code
from backend.fees.model import Dong, SetsLeft


class CloseShiftProvisionally(msgspec.Struct, frozen=True, tag_field="kind", tag="close_shift_provisionally"):
    """Cash is counted while slips still hang on a phone that has not spoken. `awaited`: đồng of those slips, which the
    count contains. `sets_left`: numbers of the label sets still in the bag."""

    counted: Dong
    awaited: Dong
    reason: Code | None = None
    sets_left: SetsLeft | None = None


class CountersignClose(msgspec.Struct, frozen=True, tag_field="kind", tag="countersign_close"):
    """Another person of the post, or the parent post where there is none, has counted the same."""


class RecordVariance(msgspec.Struct, frozen=True, tag_field="kind", tag="record_variance"):
    """What was awaited and will not come: `amount` is no longer awaited, and stands as a difference under a name."""

    amount: Amount
    reason: Literal["phone_lost", "slip_lost", "counted_wrong", "other"]


class SettleShift(msgspec.Struct, frozen=True, tag_field="kind", tag="settle_shift"):
    """All that was awaited has come."""
