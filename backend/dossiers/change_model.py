"""What only the owner may change of where a result goes: the house, and the way of receiving (F07). Pure: no I/O."""

from typing import Annotated

import msgspec

from backend.dossiers.model import Access, ResultWay
from backend.dossiers.party_model import Proof


class ChangeAddress(msgspec.Struct, frozen=True, tag_field="kind", tag="change_address"):
    """The citizen is met elsewhere. The house is the personal part. `visit_commune`: where that is another one."""

    proved_by: Proof | None = None
    visit_commune: Annotated[str, msgspec.Meta(pattern="^[0-9]{5}$")] | None = None


class ChangeResultWay(msgspec.Struct, frozen=True, tag_field="kind", tag="change_result_way"):
    """The owner wants the result brought home, or collects it at the post or at the one-stop."""

    way: ResultWay
    proved_by: Proof | None = None


class NewAddress(msgspec.Struct, frozen=True, kw_only=True):
    """The personal part of `change_address` and `forward_result`: the house as a registration describes it (F26)."""

    salt: Annotated[str, msgspec.Meta(min_length=16, max_length=64)]
    address: Annotated[str, msgspec.Meta(min_length=1, max_length=400)] | None = None
    hamlet: Annotated[str, msgspec.Meta(min_length=1, max_length=200)] | None = None
    landmark: Annotated[str, msgspec.Meta(min_length=1, max_length=400)] | None = None
    access: Access | None = None
