"""A bag from the post to the one-stop: filled, tied, handed over, received parcel by parcel, signed for by both."""

import logging
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from backend.simulate.carrier import Refused
from backend.simulate.case import Case
from backend.simulate.desk import Desk
from backend.simulate.office import Office

log = logging.getLogger("tannha.simulate")

Named = dict[str, UUID]
_SHOWN = "0" * 64


class Bag:
    """`name`: of this run; the tag follows from it."""

    def __init__(self, office: Office, name: str) -> None:
        self.office = office
        self.id = office.naming.id("bag", name)

    async def carries(self, cases: Sequence[Case]) -> list[Case]:
        """Parcels that the post has. Returns those that did not get in. Raises Refused."""
        office, at = self.office, self.office.at
        tag = f"TN-{self.id.hex[-10:].upper()}"
        await self._does(office.dispatcher, "open_bag", {"tag": tag, "unit": at.post, "to_unit": at.one_stop})
        inside = [case for case in cases if await self._put_in(case)]
        left = [case for case in cases if case not in inside]
        if not inside:
            return left
        await self._does(office.dispatcher, "close_bag", {"parcels": _named(inside), "seal_number": tag[-7:]})
        await self._does(office.dispatcher, "offer_bag", {"announced": len(inside)})
        for case in inside:
            giver = {"kind": "unit", "id": at.post}
            await office.receive(office.officer, case, self.id, giver, at.one_stop)
        counted = {"unit": at.one_stop, "found": _named(inside), "missing": [], "seal_intact": True}
        await self._does(office.officer, "receive_bag", counted)
        for side, desk in (("receiver", office.officer), ("giver", office.dispatcher)):
            record = {"found": len(inside), "announced": len(inside), "shown_sha256": _SHOWN}
            await self._does(desk, "sign_bag_record", {"side": side, **record})
        return left

    async def _put_in(self, case: Case) -> bool:
        """Whether it is in. What cannot be put in is handed over by itself, as without a bag."""
        try:
            body = {"bag_id": self.id, "parcel_id": case.parcel}
            await self.office.does(self.office.dispatcher, "put_in_bag", case, body)
        except Refused as refused:
            log.info("%s: not by bag: %s", case.name, refused)
            return False
        return True

    async def _does(self, desk: Desk, kind: str, body: dict[str, Any]) -> None:
        act_id = self.office.naming.id("desk act", kind, self.id, *map(str, body.values()))
        await desk.act(act_id, kind, self.id, body, subject_kind="bag")


def _named(cases: Sequence[Case]) -> list[Named]:
    return [{"case_id": case.id, "parcel_id": case.parcel} for case in cases if case.parcel is not None]
