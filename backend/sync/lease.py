"""The lease: until when a phone can read the day it was given (F25). Pure: no I/O."""

import re
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from backend.clock import VIETNAM, local_date

SHIFT_ENDS = time(18)
"""When a planned shift ends that has no later window, in Việt Nam."""
AFTERWARDS = timedelta(hours=4)
_ENDS = re.compile(r"-([01][0-9]|2[0-3]):([0-5][0-9])$")


def lease_until(at: datetime, windows: Iterable[str]) -> datetime:
    """Four hours after the planned shift ends. `windows`: of the visits of that day, as `07:00-08:00`.

    A phone that asks later than that gets four hours from then: somebody is still at work.
    """
    ends = [SHIFT_ENDS, *(time(int(found[1]), int(found[2])) for one in windows if (found := _ENDS.search(one)))]
    planned = datetime.combine(local_date(at), max(ends), VIETNAM)
    return max(planned, at) + AFTERWARDS
