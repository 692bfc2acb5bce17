"""What couriers do at the door and on the road, on two phones without network, well or badly."""

from datetime import timedelta
from random import Random

from hypothesis import strategies as st
from hypothesis.stateful import rule

from backend.ids import uuid7
from tests.model.known import Known, Making, Wanted
from tests.model.life import ANY_VERSION, CHANCE, Life
from tests.model.line import PHONES, PICK
from tests.model.village import BY_PHONE

MOST_CASES = 12
SELDOM = st.sampled_from((False,) * 7 + (True,))
COLLECTING = (
    "depart", "record_arrival", "check_identity", "show_notice", "record_consent", "read_back", "see_original",
    "take_papers", "photograph", "sign", "quote", "collect", "seal", "finish_visit", "offer",
)  # fmt: skip
HANDING_OVER = (
    "receive", "depart", "record_arrival", "check_identity", "collect", "open_result", "hand_over_result", "sign",
    "finish_visit",
)  # fmt: skip
COMING_BACK = (
    "receive", "depart", "record_arrival", "check_identity", "open_result", "reseal", "fail_visit", "invite", "offer",
)  # fmt: skip
GIVING_BACK = ("depart", "record_arrival", "check_identity", "hand_back_papers", "sign", "finish_visit")
UNPAID = (
    "depart", "record_arrival", "check_identity", "quote", "show_payment_code", "record_transfer_said", "record_unpaid",
    "claim_relief", "send_anyway", "take_papers", "defer_photograph",
)  # fmt: skip
SIGNING = ("record_mandate", "check_identity", "read_back", "photograph", "sign", "read_back", "sign", "void_signature")
WENT_WRONG = ("report_incident", "record_loss", "add_to_incident", "record_found")
OF_THE_DAY = ("remit", "close_shift", "begin_shift", "accept_jobs")
WAITED_FOR = ("close_shift_provisionally",)
TORN = ("take_papers", "seal", "relabel", "offer")
SHAPES = (
    COLLECTING,
    COLLECTING,
    HANDING_OVER,
    COMING_BACK,
    GIVING_BACK,
    UNPAID,
    SIGNING,
    WENT_WRONG,
    OF_THE_DAY,
    WAITED_FOR,
    TORN,
)
"""As it goes at a door."""


class Phones(Life):
    """Some of what they make is about what nobody has heard of, and some of it comes when it is over."""

    def _fit(self, name: str, chance: Random, shape: tuple[str, ...] = ()) -> Known:
        """Mostly a case that the phone has, and that has what the shape is about."""
        fit = [known for known in self.cases if known.phone in (None, name) and known.visits]
        if "hand_over_result" in shape or "open_result" in shape or "invite" in shape:
            fit = [known for known in fit if known.results]
        elif "hand_back_papers" in shape or "record_loss" in shape:
            fit = [known for known in fit if known.papers]
        return chance.choice(fit if fit and chance.random() < 0.95 else self.cases)

    def _phone_makes(self, name: str, known: Known, kind: str, maker: Making) -> None:
        wanted: Wanted = getattr(maker, kind)()
        subject, of = wanted.subject or ("case", known.case)
        self._made(name, of, kind, wanted.body, personal=wanted.personal, subject=subject, base=ANY_VERSION)

    def _instead(self, name: str) -> None:
        self.does_at_the_door(name, "depart", 1)

    @rule(name=PHONES, kind=st.sampled_from((*BY_PHONE, "cancel", "confirm", "levitate")), chance=CHANCE)
    def does_at_the_door(self, name: str, kind: str, chance: int) -> None:
        """Whatever it is, wherever the case stands."""
        drawn = self._chance(chance)
        known = self._fit(name, drawn)
        maker = self._maker(known, self.phones[name].person, drawn, at_desk=False)
        if kind in BY_PHONE:
            return self._phone_makes(name, known, kind, maker)
        self._made(name, known.case, kind, {"visit_id": maker.visit})

    @rule(
        name=PHONES,
        shapes=st.lists(st.sampled_from(SHAPES), min_size=1, max_size=2),
        chance=CHANCE,
        network=st.booleans(),
    )
    def does_one_after_the_other(self, name: str, shapes: list[tuple[str, ...]], chance: int, network: bool) -> None:
        """As it goes at a door; sometimes something is left out."""
        for shape in shapes:
            self._one_after_the_other(name, shape, self._chance(chance))
        if network:
            self._send(self.outbox[name], self.phones[name])

    def _one_after_the_other(self, name: str, shape: tuple[str, ...], drawn: Random) -> None:
        known = self._fit(name, drawn, shape)
        maker = self._maker(known, self.phones[name].person, drawn, at_desk=False)
        maker.STRANGE = 0.01
        for kind in shape:
            if maker.often(0.93):
                self._phone_makes(name, known, kind, maker)

    @rule(name=PHONES, back=st.integers(1, 3), seldom=SELDOM)
    def is_restored_from_an_old_copy_of_itself(self, name: str, back: int, seldom: bool) -> None:
        """Nothing fits after that until people have decided."""
        if seldom:
            self._restored(name, back)

    @rule(name=PHONES, pick=PICK, seldom=SELDOM)
    def sends_bytes_nobody_can_read(self, name: str, pick: int, seldom: bool) -> None:
        if seldom:
            self._torn(name, pick)

    @rule(name=PHONES, chance=CHANCE)
    def registers_on_the_spot(self, name: str, chance: int) -> None:
        """A case and its visit are born on the phone."""
        known = Known(uuid7(), phone=name, visits=[str(uuid7())])
        if len(self.cases) >= MOST_CASES:
            return
        self.cases.append(known)
        maker = self._maker(known, self.phones[name].person, self._chance(chance), at_desk=False)
        self._phone_makes(name, known, "register", maker)
        unplanned = {"unit": str(self.shared.units["post"]), "place": maker.either("home", "mobile_point")}
        self._made(name, known.case, "record_arrival", {"visit_id": known.visits[0], "unplanned": unplanned})
        for kind in COLLECTING[2:]:
            if maker.often(0.8):
                self._phone_makes(name, known, kind, maker)

    @rule(name=PHONES, minutes=st.sampled_from((-90, -5, 30, 600)), known=st.booleans())
    def has_a_clock_that_is_wrong(self, name: str, minutes: int, known: bool) -> None:
        """What it does next says so, when the phone knows it."""
        phone = self.phones[name]
        phone.now += timedelta(minutes=minutes)
        if known:
            visit = {"visit_id": self.cases[0].visits[0]}
            self._made(
                name,
                self.cases[0].case,
                "log_call",
                visit | {"direction": "out", "outcome": "busy"},
                offset_ms=minutes * 60_000,
            )
