"""One case walking through the rule table: who is offered what, and where everything stands after it."""

from backend.acts import rules
from backend.acts.rule_file import Value

TABLE = rules.load(rules.current())


class Story:
    """One case with one visit, one paper, one parcel and so on; facts stay until they are changed."""

    def __init__(self, **facts: Value) -> None:
        self.states = {name: machine.initial for name, machine in TABLE.file.machines.items()}
        self.facts = {**TABLE.usual, **facts}
        self.shown: list[str] = []

    def know(self, **facts: Value) -> "Story":
        self.facts.update(facts)
        assert TABLE.wrong_facts(self.facts) == ()
        return self

    def anew(self, *machines: str) -> "Story":
        """The next acts are about another visit, paper or parcel of the same case."""
        self.states.update({name: TABLE.file.machines[name].initial for name in machines})
        return self

    def does(self, role: str, act: str, *, but: tuple[str, ...] = (), **facts: Value) -> "Story":
        """`role` is offered `act` and does it. `but`: machines whose instance this act does not concern."""
        self.know(**facts)
        concerned = {name: self.states[name] for name in self.moved(act) if name not in but}
        assert act in TABLE.offered(concerned, self.facts, role), self.reasons(act, concerned)
        stranger = next(other for other in TABLE.file.roles if other not in TABLE.act(act).roles)
        assert act not in TABLE.offered(concerned, self.facts, stranger)
        for name, state in concerned.items():
            answer = TABLE.judge(name, state, act, self.facts)
            assert isinstance(answer, rules.Allowed)
            self.states[name] = answer.to
        if self.shown[-1:] != [self.case]:
            self.shown.append(self.case)
        return self

    def moved(self, act: str) -> list[str]:
        """The machines of `act` that have an instance, or bear one by it."""
        return [
            name
            for name in TABLE.act(act).machines
            for machine in (TABLE.file.machines[name],)
            if self.states[name] != machine.initial
            or any(row.act == act and machine.initial in row.sources for row in machine.rows)
        ]

    def happens(self, act: str, *machines: str, **facts: Value) -> list[str]:
        """A fact that may cross the table: the reasons of the exceptions it opens."""
        self.know(**facts)
        assert TABLE.act(act).fact
        opened: list[str] = []
        for name in machines:
            answer = TABLE.judge(name, self.states[name], act, self.facts)
            if isinstance(answer, rules.Allowed):
                self.states[name] = answer.to
            else:
                opened.append(f"{name}:{answer.reason}")
                self.states[name] = TABLE.lands(name, act, self.states[name])
        return opened

    def refused(self, role: str, act: str, machine: str, **facts: Value) -> str:
        self.know(**facts)
        answer = TABLE.judge(machine, self.states[machine], act, self.facts)
        assert isinstance(answer, rules.Refused)
        assert act not in TABLE.next_acts(machine, self.states[machine], self.facts, role)
        return answer.reason

    def reasons(self, act: str, concerned: dict[str, str]) -> dict[str, object]:
        return {name: TABLE.judge(name, state, act, self.facts) for name, state in concerned.items()}

    @property
    def case(self) -> str:
        return self.states["case"]


def booked_by_1022() -> Story:
    story = Story(forward_due=True, seat_free=True).does("operator", "register").does("operator", "forward")
    return story.does("dispatcher", "acknowledge_forward").does("dispatcher", "book")


def at_the_door(story: Story) -> Story:
    story.does("courier", "depart").does("courier", "record_arrival")
    return story.does("courier", "check_identity").know(identity_checked=True)


def papers_taken_and_sealed(story: Story) -> Story:
    for kept in (1, 2, 3):
        story.anew("paper").does("courier", "take_papers", visit_papers_kept=kept - 1)
        story.know(papers_held=kept, visit_papers_kept=kept, visit_papers_unsealed=kept)
    for _ in range(4):
        story.does("courier", "photograph")
    story.anew("signature").does("courier", "sign").know(slip_signed=True).know(
        holder_is_actor=True, label_genuine=True
    )
    story.states["label_set"] = "issued"
    return story.does("courier", "seal").know(visit_papers_unsealed=0)


def handed_to_the_one_stop(story: Story) -> Story:
    story.does("courier", "offer", holder_is_actor=True)
    story.does("counter_clerk", "receive", receiver="post").does("counter_clerk", "offer")
    return story.does("one_stop_officer", "receive", receiver="one_stop").know(papers_at_agency=3, parcels_unopened=1)


def result_released(story: Story) -> Story:
    story.does("one_stop_officer", "open_seal", parcels_unopened=0)
    story.does("one_stop_officer", "cross_check", delegated=True, check_result="passed").know(check_passed=True)
    story.does("one_stop_officer", "report_portal_status", portal_status=4)
    return story.anew("paper", "parcel", "visit", "appointment").does("one_stop_officer", "release_result")


def out_with_the_courier(story: Story) -> Story:
    story.does("one_stop_officer", "offer", carries_result=True)
    story.does("courier", "receive", receiver="courier").know(
        result_out=True, identity_checked=False, visit_purpose="deliver"
    )
    story.does("courier", "depart").does("courier", "record_arrival")
    return story.does("courier", "check_identity").know(identity_checked=True, recipient_fits=True)


def released_case() -> Story:
    story = at_the_door(booked_by_1022().does("one_stop_officer", "confirm").know(agency_confirmed=True))
    papers_taken_and_sealed(story).does("courier", "finish_visit")
    return result_released(handed_to_the_one_stop(story))
