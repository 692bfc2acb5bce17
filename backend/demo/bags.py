"""Bags of the demo: what the post of a commune sent to its one-stop on the day before the demo began."""

from collections.abc import Sequence

from backend.demo.cases import CaseStory, Place, holder
from backend.demo.citizens import ON_THE_ROAD, OPEN, SHORT
from backend.demo.past import Past
from backend.ids import uuid7

Named = dict[str, str]


async def bags(past: Past, stories: Sequence[CaseStory]) -> None:
    """Of the stories whose citizen's papers go by bag; each parcel is at its post by now."""
    for tag in dict.fromkeys(story.citizen.bag for story in stories if story.citizen.bag is not None):
        inside = [story for story in stories if story.citizen.bag == tag]
        await _Telling(past, inside[0].place, tag, inside).told()


class _Telling:
    """One bag while it is being told."""

    def __init__(self, past: Past, place: Place, tag: str, inside: Sequence[CaseStory]) -> None:
        self.past = past
        self.place = place
        self.tag = tag
        self.inside = inside
        self.bag = uuid7()

    async def told(self) -> None:
        post, one_stop = str(self.place.post), str(self.place.one_stop)
        await self._post("open_bag", tag=self.tag, unit=post, to_unit=one_stop)
        for story in self.inside:
            await story.desk(self.place.dispatcher, "put_in_bag", bag_id=str(self.bag), parcel_id=story.parcel)
        if self.tag == OPEN:
            return
        await self._post("close_bag", parcels=_named(self.inside), seal_number=f"NPT{self.tag[-4:]}")
        await self._post("offer_bag", announced=len(self.inside))
        if self.tag == ON_THE_ROAD:
            return
        await self._received(self.inside[1:] if self.tag == SHORT else self.inside)

    async def _received(self, found: Sequence[CaseStory]) -> None:
        missing = [story for story in self.inside if story not in found]
        officer, one_stop = self.place.officer, self.place.one_stop
        giver, receiver = holder("unit", self.place.post), holder("unit", one_stop)
        for story in found:
            half = {"offer_id": str(self.bag), "parcel_ids": [story.parcel], "paper_ids": []}
            await story.desk(officer, "receive", **half, giver=giver, receiver=receiver)
        counts = {"found": _named(found), "missing": _named(missing)}
        await self._one_stop("receive_bag", unit=str(one_stop), **counts, seal_intact=True)
        record = {"found": len(found), "announced": len(self.inside), "shown_sha256": "0" * 64}
        await self._one_stop("sign_bag_record", side="receiver", **record)
        await self._post("sign_bag_record", side="giver", **record)

    async def _post(self, kind: str, **body: object) -> None:
        await self.past.on_bag(self.place.dispatcher, self.bag, kind, body)

    async def _one_stop(self, kind: str, **body: object) -> None:
        await self.past.on_bag(self.place.officer, self.bag, kind, body)


async def a_fall(past: Past, place: Place) -> None:
    """Nothing happened to any paper: the courier's motorbike slipped, and the dispatcher wrote it down."""
    told = {"place": "Dốc cầu kênh Mười Hai", "note": "Xe trượt ngã vì mưa. Người và giấy tờ không sao."}
    body = {"cause": "accident", "unit": str(place.post), "people": [str(place.courier.id)]}
    await past.on_incident(place.dispatcher, uuid7(), "report_incident", body, told)


def _named(stories: Sequence[CaseStory]) -> list[Named]:
    return [{"case_id": str(story.case), "parcel_id": story.parcel} for story in stories]
