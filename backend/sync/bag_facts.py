"""The facts of the rule table about bags."""

from backend.parcels import bags
from backend.parcels.bag_model import Bag, BagParcel, CloseBag, ReceiveBag
from backend.sync.sheet import Fact, Facts, FactSheet


def bag_of(sheet: FactSheet) -> Bag | None:
    """The bag that is judged, if one is."""
    if sheet.thing is None or sheet.thing.kind is not Bag:
        return None
    return sheet.do.world.get(Bag, *sheet.thing.key)


def parcels_in_bag(sheet: FactSheet) -> Fact:
    """A manifest names all that is in the bag, or takes no effect."""
    return len(sheet.body.parcels) if isinstance(sheet.body, CloseBag) else 0


def bag_result(sheet: FactSheet) -> Fact:
    if not isinstance(sheet.body, ReceiveBag):
        return "all_present"
    return bags.result(sheet.body, bags.announced(sheet.do.world.of_case(BagParcel, sheet.do.subject)))


OF_BAGS: Facts = {"parcels_in_bag": parcels_in_bag, "bag_result": bag_result}
