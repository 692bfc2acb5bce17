"""What an application lends to the guards and to sign-in: set once as `app.state.entrance`."""

from dataclasses import dataclass

from backend.clock import Clock
from backend.database import Database
from backend.keys import KeyRing
from backend.staff.enrolment import Record


@dataclass(frozen=True)
class Entrance:
    """Under the role `tannha_service` both: `requests` for the one transaction that a request holds from its beginning,
    `service` for what begins and ends within it. From one pool, as many requests as it has connections would wait for
    each other. `record`: appends an act to the chain of a phone.

    `public_url`: scheme and host that phones call, such as `https://tannha.dongthap.gov.vn`: proofs must be made for
    it. None (demo only): whatever host the request names.
    """

    ring: KeyRing
    clock: Clock
    requests: Database
    service: Database
    record: Record
    public_url: str | None
