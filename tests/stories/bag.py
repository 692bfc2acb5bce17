"""A bag from the post to the office that decides, by the pages of both desks."""

from tests.stories.desk import words
from tests.stories.matter import AGENCY, POST, Matter
from tests.stories.town import Town


class Bag:
    """`path`: of its page."""

    def __init__(self, town: Town, path: str) -> None:
        self.town = town
        self.path = path

    @classmethod
    async def sent(cls, town: Town, tag: str, *matters: Matter) -> "Bag":
        """Út opens it, scans each parcel into it, ties it and hands it over."""
        ut = town.desk("ut")
        typed = {"tag": tag, "unit": str(town.unit(POST)), "to_unit": str(town.unit(AGENCY))}
        answer = await ut.send("/desk/bags", await ut.form("/desk/bags", "open_bag") | typed)
        assert answer.status_code == 303, words(answer)
        bag = cls(town, answer.headers["location"].partition("?")[0])
        for one in matters:
            await bag.does("ut", "put_in_bag", scanned=one.label["item_number"])
        await bag.does("ut", "close_bag", seal_number="T-0031")
        await bag.does("ut", "offer_bag")
        return bag

    async def does(self, account: str, kind: str, **typed: str) -> None:
        desk = self.town.desk(account)
        answer = await desk.send(self.path, await desk.form(self.path, kind) | typed)
        assert answer.status_code == 303, f"{kind}: {words(answer)}"

    async def received(self, *found: Matter) -> None:
        """Mai scans what is there and makes the record; both sides sign it."""
        for one in found:
            await self.does("mai", "receive", scanned=f"{one.label['number']:05}")
        await self.does("mai", "receive_bag", seal="yes")
        await self.does("mai", "sign_bag_record")
        await self.does("ut", "sign_bag_record")

    async def says(self, account: str = "mai") -> str:
        return (await self.town.desk(account).page(self.path)).text

    async def record(self) -> str:
        """The paper that both sides sign."""
        return (await self.town.desk("ut").page(f"{self.path}/record")).text
