"""What cannot go on ends where it is and becomes a finding: the day goes on, and the report is written all the same."""

import logging
from uuid import UUID

import msgspec

from backend.simulate.carrier import Refused
from backend.simulate.drawn import NoForm
from backend.simulate.journal import Finding, Journal
from backend.simulate.line import CentreSilent, ServerFault

log = logging.getLogger("tannha.simulate")

GIVEN_UP = (Refused, NoForm, CentreSilent, ServerFault, msgspec.MsgspecError)
"""The server will not, offers no form for it, does not answer, fails again and again, or says what nobody can read."""


class Told:
    """`with Told(...)`: ends what is done inside where that cannot go on, and tells `what` it was."""

    def __init__(self, journal: Journal, what: str, *, subject: UUID | None = None, by: str | None = None) -> None:
        self._journal = journal
        self._what = what
        self._subject = subject
        self._by = by

    def __enter__(self) -> None: ...

    def __exit__(self, _kind: object, why: BaseException | None, _trace: object) -> bool:
        if not isinstance(why, GIVEN_UP):
            return False
        log.warning("%s (%s): %s", self._what, self._by or self._subject, why)
        self._journal.stuck.append(Finding(what=self._what, subject=self._subject, by=self._by, now=str(why)))
        return True
