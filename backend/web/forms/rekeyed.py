"""A line of a run sheet as it was typed in, put into the acts of a visit (F11). Pure: no I/O."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from backend.acts.reasons import reasons
from backend.clock import VIETNAM
from backend.dossiers.model import RESULT_GOES_OUT
from backend.ids import derived
from backend.visits.lists import UNPAID as UNPAID_YET
from backend.web.forms.ending import CLASSES
from backend.web.forms.field import Filled, FilledWrong, Written
from backend.web.forms.picture import read_picture
from backend.web.forms.rekeying import DAYS_BACK, ENDED, TAKES, OnSheet, results
from backend.web.forms.serving import MOST_PAPERS, takeable
from backend.web.forms.signing import MEANS, ROLES_OF
from backend.web.procedure_words import RELATIONS
from backend.web.words import UNPAID

_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:hg. ]([0-5][0-9])")


def typed_in(it: OnSheet, filled: Filled, act: UUID) -> Written:
    """Raises FilledWrong."""
    line = _Line(it, filled, act)
    return line.written()


class _Line:
    """What was typed in, as acts in the order of a visit."""

    def __init__(self, it: OnSheet, filled: Filled, act: UUID) -> None:
        self._it, self._filled, self._act, self._picture = it, filled, act, read_picture(filled)
        self._visit = str(derived("visit", act.hex) if it.visit is None else it.visit.visit_id)
        on = date.fromisoformat(filled.choice("day", _days(it))) if it.visit is None else it.visit.day
        self._until = _at(filled, "until", on)
        self._from = self._until if it.arrived else _at(filled, "from", on)
        self._acts: list[dict[str, Any]] = []
        self._personal: dict[str, dict[str, Any]] = {}

    def written(self) -> Written:
        it, filled = self._it, self._filled
        self._arrival()
        self._met()
        papers = self._taken() if it.purpose in TAKES else []
        self._paid()
        if filled.many("signed"):
            self._signed()
        self._sealed(papers)
        if it.purpose in RESULT_GOES_OUT:
            self._handed_over()
        self._ended()
        courier = filled.choice("courier", [one.value for one in it.couriers]) if it.visit is None else it.visit.courier
        body = {
            "line_id": str(derived("run-sheet-line", self._act.hex)),
            "visit_id": self._visit,
            "courier": str(courier),
            "picture": self._picture["sha256"],
            "acts": self._acts,
        }
        return Written(body, {"parts": self._personal} if self._personal else None)

    def _add(self, kind: str, body: Mapping[str, Any], *, at: datetime | None = None) -> None:
        written = (at or self._from).isoformat()
        self._acts.append({"kind": kind, "at": written, "body": {"visit_id": self._visit, **body}})

    def _arrival(self) -> None:
        if self._it.visit is None:
            post = str(self._it.about.case.handling_unit)
            self._add("record_arrival", {"unplanned": {"unit": post, "purpose": self._it.purpose, "place": "home"}})
        elif not self._it.arrived:
            self._add("record_arrival", {})

    def _met(self) -> None:
        known = [f"{one.role}:{one.party_id}" for one in self._it.about.case.parties]
        if (who := self._filled.maybe_choice("who", known)) is not None:
            role, _, party = who.partition(":")
            means = self._filled.choice("means", MEANS)
            if role in ROLES_OF:
                self._add("check_identity", {"party": role, "party_id": party, "means": means})

    def _taken(self) -> list[str]:
        papers: list[dict[str, Any]] = []
        for one in takeable(self._it.about):
            originals, copies = (self._count(f"{form}-{one.value}") for form in ("originals", "copies"))
            if originals + copies:
                papers.append(
                    {
                        "id": str(derived("paper", self._act.hex, one.value)),
                        "component": one.value,
                        "form": "original" if originals else "plain_copy",
                        "originals": originals,
                        "copies": copies,
                    }
                )
        if papers:
            self._add("take_papers", {"papers": papers})
        return [paper["id"] for paper in papers]

    def _count(self, name: str) -> int:
        return 0 if self._filled.maybe(name) is None else self._filled.whole(name, most=MOST_PAPERS)

    def _paid(self) -> None:
        owed = {str(one.charge_id): one.amount for one in self._it.about.case.charges if one.state in UNPAID_YET}
        ticked = [charge for charge in owed if charge in set(self._filled.many("charges"))]
        total = sum(owed[charge] for charge in ticked)
        if ticked:
            self._add(
                "collect",
                {
                    "slip_number": self._filled.whole("slip", least=1, most=2**53),
                    "lines": [{"charge_id": charge, "amount": owed[charge]} for charge in ticked],
                    "total": total,
                    "means": "cash",
                    "tendered": total,
                    "change": 0,
                },
            )
        left = [charge for charge in owed if charge not in ticked]
        if left and (why := self._filled.maybe_choice("unpaid", UNPAID)) is not None:
            self._add("record_unpaid", {"charge_ids": left, "reason": why})

    def _signed(self) -> None:
        """The signature is in ink; the picture of the line is its page."""
        page = str(derived("page", self._act.hex))
        sheet = {"paper_id": str(derived("sheet", self._act.hex)), "component": "slip", "page_number": 1}
        self._add("photograph", {"page_id": page, "file": self._picture, **sheet})
        self._add(
            "sign",
            {
                "signature_id": str(derived("signature", self._act.hex)),
                "document": "slip",
                "mode": "ink",
                "shown_sha256": self._picture["sha256"],
                "page_ids": [page],
            },
        )

    def _sealed(self, papers: list[str]) -> None:
        label, seal = self._filled.maybe("label", longest=200), self._filled.maybe("seal", longest=20)
        if label is None and seal is None:
            return
        if label is None or seal is None or not papers:
            missing = "label" if label is None else "seal" if seal is None else f"originals-{_first(self._it)}"
            raise FilledWrong(
                "Niêm phong cần nhãn, số niêm phong và giấy tờ đã nhận. Ghi đủ rồi gửi lại.", pointer=f"/{missing}"
            )
        parcel = {"parcel_id": str(derived("parcel", self._act.hex)), "label": label, "seal_number": seal}
        self._add("seal", parcel | {"paper_ids": papers})

    def _handed_over(self) -> None:
        of = self._filled.maybe_choice("recipient", CLASSES)
        there = results(self._it)
        if of is None or not there:
            return
        if (name := self._filled.maybe("received_by", longest=200)) is not None:
            self._personal[str(len(self._acts))] = {"name": name}
        self._add(
            "hand_over_result",
            {
                "paper_ids": [str(one.paper_id) for one in there],
                "recipient_class": of,
                "relationship": self._filled.choice("relation", [str(one) for one in RELATIONS]),
                "means": self._filled.choice("means", MEANS),
            },
        )

    def _ended(self) -> None:
        outcome = self._filled.choice("outcome", ENDED)
        if outcome != "failed":
            self._add("finish_visit", {"outcome": outcome}, at=self._until)
            return
        known = [one.code for one in (*reasons().pick_up, *reasons().hand_over)]
        self._add("fail_visit", {"reason": self._filled.choice("reason", known)}, at=self._until)


def _first(it: OnSheet) -> str:
    return takeable(it.about)[0].value


def _days(it: OnSheet) -> list[str]:
    return [str(it.about.offices.today - timedelta(days=back)) for back in range(DAYS_BACK)]


def _at(filled: Filled, name: str, on: date) -> datetime:
    found = _TIME.fullmatch(filled.text(name, longest=10))
    if found is None:
        raise FilledWrong("Ghi giờ và phút, ví dụ 15:40.", pointer=f"/{name}")
    return datetime.combine(on, time(int(found[1]), int(found[2])), VIETNAM)
