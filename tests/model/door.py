"""The life of the door: phones in the field, offices, a bank, the portal, a citizen; in any order, with faults."""

from tests.model.desks import Desks
from tests.model.phones import Phones


class Door(Phones, Desks):
    """All of them at once."""
