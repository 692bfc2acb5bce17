"""The outbox by itself: what is saved, what is acknowledged, what must be asked again."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from backend.simulate.journal import Journal, follows
from backend.simulate.oracle import check_outboxes
from backend.simulate.outbox import Answer, Outbox, Standing, Written

DEVICE, CASE = UUID(int=1), UUID(int=2)


def an_act(number: int, *, subject: UUID = CASE) -> Written:
    return Written(
        made_by=DEVICE,
        id=UUID(int=1000 + number),
        subject_kind="case",
        subject=subject,
        kind="depart",
        data=b"%d" % number,
        fingerprint=f"{number:064x}",
    )


def an_answer(act: Written, standing: Standing = Standing.APPLIED, n: int | None = 1) -> Answer:
    return Answer(id=act.id, fingerprint=act.fingerprint, standing=standing, n=n)


def an_outbox(acts: int) -> tuple[Outbox, list[Written]]:
    outbox, made = Outbox(), [an_act(number) for number in range(acts)]
    for act in made:
        outbox.put(act)
    return outbox, made


def test_an_act_is_sent_until_the_centre_names_it() -> None:
    outbox, [act] = an_outbox(1)
    assert outbox.next(20) == [act]
    assert outbox.next(20) == [act], "a lost answer changes nothing"
    outbox.heard([act], [an_answer(act)])
    assert outbox.next(20) == []
    assert outbox.acknowledged() == [act]


def test_an_answer_to_other_content_is_no_answer() -> None:
    outbox, [act] = an_outbox(1)
    outbox.heard([act], [an_answer(an_act(7))])
    assert outbox.next(20) == [act]


def test_the_oldest_goes_first_unless_the_first_half_was_lost() -> None:
    outbox, made = an_outbox(5)
    assert outbox.next(3) == made[:3]
    assert outbox.next(3, later_first=True) == made[2:5]


def test_what_waits_is_acknowledged_and_asked_again() -> None:
    outbox, made = an_outbox(3)
    standings = (Standing.HELD, Standing.REVIEW, Standing.APPLIED)
    outbox.heard(made, [an_answer(act, standing) for act, standing in zip(made, standings, strict=True)])
    assert len(outbox) == 0
    assert outbox.waiting() == made[:2]
    outbox.heard(made[:1], [an_answer(made[0])])
    assert outbox.waiting() == [made[1]]


@given(st.lists(st.tuples(st.integers(1, 4), st.booleans(), st.booleans()), max_size=60))
def test_whatever_is_lost_or_comes_twice_nothing_is_forgotten(
    tries: list[tuple[int, bool, bool]],
) -> None:
    outbox, made = an_outbox(12)
    for most, later_first, lost in tries:
        sent = outbox.next(most, later_first=later_first)
        if not lost:
            outbox.heard(sent, [an_answer(act) for act in sent])
            outbox.heard(sent, [an_answer(act) for act in sent])
    assert sorted(act.id for act in (*outbox.next(99), *outbox.acknowledged())) == [act.id for act in made]


def test_what_waits_may_move_on_and_what_is_decided_stays() -> None:
    act = an_act(1)
    held, applied = an_answer(act, Standing.HELD, None), an_answer(act, n=4)
    assert follows(held, applied)
    assert follows(an_answer(act, Standing.REVIEW, None), an_answer(act, Standing.SET_ASIDE, None))
    assert follows(applied, an_answer(act, n=4))
    assert not follows(applied, an_answer(act, n=5))
    assert not follows(applied, held)
    assert not follows(an_answer(act, Standing.SET_ASIDE, None), applied)


def test_the_witness_sees_what_is_known_otherwise_and_what_is_numbered_twice(journal: Journal) -> None:
    first, second = journal.made(an_act(1), "máy 1"), journal.made(an_act(2), "máy 1")
    journal.heard(first, an_answer(first, n=1))
    journal.heard(second, an_answer(second, n=2))
    assert (journal.lost, journal.doubled) == ([], [])
    journal.heard(second, an_answer(second, Standing.REVIEW, None))
    assert [finding.what for finding in journal.lost] == ["knows otherwise"]
    third = journal.made(an_act(3), "máy 1")
    journal.heard(third, an_answer(third, n=1))
    assert [finding.what for finding in journal.doubled] == ["one number for two acts"]


def test_what_was_refused_to_a_desk_has_not_happened_and_what_nobody_answered_is_stuck(journal: Journal) -> None:
    refused, silent, known = (journal.made(an_act(number), "bàn 1") for number in range(3))
    journal.was_refused(refused, "outside-hours")
    journal.heard(known, an_answer(known))
    journal.was_refused(known, "not-now")
    check_outboxes(journal)
    assert [(finding.what, finding.act) for finding in journal.stuck] == [("never acknowledged", silent.id)]
    assert [record.refused for record in journal.records.values()] == ["outside-hours", None, None]
