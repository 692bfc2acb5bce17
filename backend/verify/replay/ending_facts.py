"""Facts about papers and results that go back, and about cases that are one matter."""

from collections.abc import Callable, Mapping

from backend.acts.rules import is_final
from backend.verify.replay.about import UNKNOWN, About, Value


def _final_reason(about: About) -> Value:
    """Of the last hand-over that was tried."""
    visits = [about.world.get("visits", part["visit_id"]) for part in about.own("case_visits") if part["outcome"]]
    tried = [one for one in visits if one["ended_at"] is not None and one["purpose"] in ("deliver", "exchange")]
    last = max(tried, key=lambda one: (one["ended_at"], one["visit_id"]), default=None)
    return last is not None and last["reason"] is not None and is_final(last["reason"])


def _last_paper_back(about: About) -> Value:
    away = {paper["paper_id"] for paper in about.citizens_papers() if paper["holder_kind"] != "citizen"}
    return away <= set(about.deed.uuids("paper_ids"))


def _survivor_live(about: About) -> Value:
    """Another case, of the same procedure; how far each had come, the table of states says."""
    survivor = about.world.find("cases", about.deed.uuid("survivor"))
    if survivor is None or survivor["case_id"] == about.deed.subject:
        return False
    return UNKNOWN if survivor["procedure"] == about.case["procedure"] else False


OF_ENDINGS: Mapping[str, Callable[[About], Value]] = {
    "final_reason": _final_reason,
    "return_cause": lambda about: about.case["return_cause"],
    "withdrawal_asked": lambda about: about.case["withdrawal_asked"],
    "last_paper_back": _last_paper_back,
    "survivor_live": _survivor_live,
}
