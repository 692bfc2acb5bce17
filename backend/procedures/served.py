"""How a procedure is served: its online level, and the models of the sources. Pure: no I/O."""

from enum import StrEnum


class OnlineLevel(StrEnum):
    """Dịch vụ công trực tuyến: chỉ thông tin, một phần, toàn trình (row 12)."""

    INFORMATION = "information"
    PARTIAL = "partial"
    FULL = "full"


class ServiceModel(StrEnum):
    """The models of the sources: 1 with online service, 2 citizen does not write, 3 at home, 4 transfer scheme.

    The first three are those of a case (`units.model.Model`)."""

    COMBINED = "combined"
    NO_WRITING = "no_writing"
    HOME = "home"
    TRANSFER = "transfer"
