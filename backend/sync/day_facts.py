"""Facts about a courier's day. What is counted is judged when it is counted; who signs it later sees what was said."""

from backend.sync.sheet import Fact, Facts, FactSheet


def papers_unexplained(sheet: FactSheet) -> Fact:
    """Of the next morning's papers a signature says nothing."""
    return sheet.do.world.papers_with(sheet.do.shift().courier) if hasattr(sheet.body, "counted") else 0


def label_sets_unexplained(sheet: FactSheet) -> Fact:
    """Sets that the courier should still have and does not, or has and should not (F01)."""
    left = getattr(sheet.body, "sets_left", None)
    if left is None:
        return 0
    return len(sheet.do.world.sets_with.get(sheet.do.shift().courier, set()) ^ set(left))


def cash_explained(sheet: FactSheet) -> Fact:
    shift = sheet.do.shift()
    if not hasattr(sheet.body, "counted"):
        return shift.difference == 0 or shift.reason is not None
    expected = sheet.do.world.cash_of(shift.courier) + getattr(sheet.body, "awaited", 0)
    return sheet.body.counted - (shift.counted or 0) == expected or sheet.body.reason is not None


def acts_awaited(sheet: FactSheet) -> Fact:
    shift = sheet.do.shift()
    return (shift.awaited or 0) > sheet.do.world.arrived.get(shift.shift_id, 0)


OF_DAYS: Facts = {
    "papers_unexplained": papers_unexplained,
    "label_sets_unexplained": label_sets_unexplained,
    "cash_explained": cash_explained,
    "acts_awaited": acts_awaited,
}
