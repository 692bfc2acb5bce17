"""The bag of label sets: what is left is reckoned from what was given and used, whatever a phone's list says."""

from backend.simulate.cast import Label
from backend.simulate.courier import Roll

LABELS = [Label(number=number, label=f"L{number}", card_token=f"c{number}") for number in range(1, 8)]


def test_what_is_left_was_given_and_not_used() -> None:
    roll = Roll(LABELS)
    roll.gets(["L1", "L2"])
    roll.gets_numbers([4, 5])
    assert roll.take(["L2", "L4"]) == "L2"
    assert roll.left() == [1, 4, 5]


def test_a_list_that_forgets_a_set_or_adds_one_changes_nothing_in_the_bag() -> None:
    roll = Roll(LABELS)
    roll.gets(["L1", "L2", "L3"])
    assert roll.take(["L2", "L3", "L7"]) == "L2"
    assert roll.take([]) is None
    assert roll.left() == [1, 3]


def test_a_set_whose_number_nobody_knows_leaves_the_bag_uncounted() -> None:
    roll = Roll(LABELS)
    roll.gets(["L1", "from another roll"])
    assert roll.left() is None
    assert roll.take(["from another roll"]) == "from another roll"
    assert roll.left() == [1]
