"""Seeded bugs: what somebody might break, and the tests that must then turn red."""

from tests.mutants.of_custody_and_money import OF_CUSTODY_AND_MONEY
from tests.mutants.of_the_door import OF_THE_DOOR
from tests.mutants.of_the_inbox import OF_THE_INBOX
from tests.mutants.of_the_owner import OF_THE_OWNER
from tests.mutants.seeded import Bug

BUGS: tuple[Bug, ...] = (*OF_THE_INBOX, *OF_CUSTODY_AND_MONEY, *OF_THE_DOOR, *OF_THE_OWNER)
