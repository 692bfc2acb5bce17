"""Seeded bugs: what somebody might break, and the tests that must then turn red.

A bug is text replaced in a copy of the tree; each piece stands there exactly once, or the list has rotted.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bug:
    """`changes`: (file, before, after). `caught_by`: names of tests, of which at least one must fail."""

    name: str
    meaning: str
    changes: tuple[tuple[str, str, str], ...]
    caught_by: tuple[str, ...]


def bug(name: str, meaning: str, file: str, before: str, after: str, *caught_by: str) -> Bug:
    return Bug(name, meaning, ((file, before, after),), tuple(f"tests/sync/{test}" for test in caught_by))


BUGS: tuple[Bug, ...] = (
    Bug(
        "inbox-key-dropped",
        "the inbox has no unique key",
        (
            (
                "migrations/0001_acts.sql",
                "    PRIMARY KEY (made_by, id),\n    CONSTRAINT inbox_source_known",
                "    CONSTRAINT inbox_source_known",
            ),
            (
                "migrations/0001_acts.sql",
                "    CONSTRAINT personal_of_an_act FOREIGN KEY (made_by, act_id) REFERENCES inbox (made_by, id)\n",
                "    CHECK (true)\n",
            ),
        ),
        ("tests/sync/test_again.py::test_the_database_itself_refuses_a_command_a_second_time",),
    ),
    bug(
        "effect-key-dropped",
        "an act may stand twice in the chains",
        "migrations/0001_acts.sql",
        "    CONSTRAINT act_takes_effect_once UNIQUE (made_by, id),\n",
        "",
        "test_again.py::test_the_database_itself_refuses_a_command_a_second_time",
    ),
    bug(
        "answer-before-commit",
        "the answer goes out whether or not the commit went through",
        "backend/sync/gathering.py",
        """                async with self._database.transaction() as tx:
                    return await self._received(tx, requests, careful=careful)
""",
        """                results = []
                with __import__("contextlib").suppress(Exception):
                    async with self._database.transaction() as tx:
                        results = await self._received(tx, requests, careful=careful)
                return results
""",
        "test_again.py::test_nobody_hears_that_an_act_was_kept_when_the_commit_failed",
    ),
    bug(
        "gap-skipped",
        "what comes after a gap runs at once",
        "backend/sync/reading.py",
        "        elif seq > line.next_seq and not fill_gaps:\n",
        "        elif seq < 0:\n",
        "test_gaps.py::test_acts_after_a_gap_are_held_and_run_in_order_when_it_is_filled",
    ),
    bug(
        "keys-expire",
        "after a day nobody remembers what was received",
        "backend/sync/service.py",
        "        known = await acts.find_inboxed(self.tx, keys) if keys else {}\n",
        """        found = await acts.find_inboxed(self.tx, keys) if keys else {}
        known = {key: row for key, row in found.items() if (self.at - row.received_at).days < 1}
""",
        "test_again.py::test_the_same_act_again_a_year_later_hears_the_same_and_changes_nothing",
    ),
    bug(
        "late-fact-refused",
        "what happened is refused when the rules say no",
        "backend/sync/decide.py",
        '        return self.rules.act(self.kind).kind == "fact" and self.act.source in UNREFUSABLE\n',
        "        return False\n",
        "test_facts.py::test_papers_and_money_taken_after_the_visit_was_cancelled_are_papers_and_money_taken",
    ),
    bug(
        "duplicate-applied",
        "the same act twice in one batch is decided twice",
        "backend/sync/service.py",
        "        self._new = list(fresh.values())\n",
        "        self._new = [act for act in self._new if act.key in fresh]\n",
        "test_again.py::test_the_same_act_twice_in_one_batch_takes_effect_once_and_both_places_hear_of_it",
    ),
    bug(
        "fingerprint-not-checked",
        "another content under a known id hears the standing of the first",
        "backend/sync/service.py",
        "            if same.fingerprint != act.fingerprint:\n",
        "            if same is None:\n",
        "test_again.py::test_the_same_id_with_other_content_is_refused_and_changes_nothing",
    ),
    bug(
        "review-blocks-nothing",
        "later acts on the case overtake the one in review",
        "backend/sync/reading.py",
        "        if row.standing in (Standing.REVIEW, Standing.BEHIND) and row.subject_id is not None:\n",
        "        if row.standing in () and row.subject_id is not None:\n",
        "test_review.py::test_later_acts_on_the_same_case_stand_behind_and_all_others_go_on",
    ),
    bug(
        "personal-part-lost",
        "personal parts are never stored",
        "backend/sync/batch.py",
        "        fresh = [act for act in by_key.values() if act.personal is not None and not act.earlier]\n",
        "        fresh = [act for act in by_key.values() if act.personal is not None and act.earlier]\n",
        "test_erasure.py::test_before_erasure_it_can_be_read_where_it_should_and_only_there",
    ),
    bug(
        "not-chained",
        "every link names the same previous one",
        "backend/acts/service.py",
        "        hashed = chain.hashed(head.head, link)\n",
        "        hashed = chain.hashed(chain.genesis(*subject), link)\n",
        "test_thin_path.py::test_a_whole_case_from_1022_to_the_result_in_hand",
    ),
    bug(
        "custody-stays",
        "receiving moves nothing",
        "backend/sync/door_effects.py",
        "    for rows in parcels.moved(do.parcels(parcel_ids), list(moving.values()), to, condition):\n"
        "        do.world.put(*rows)\n",
        "    do.parcels(parcel_ids)\n",
        "test_hand_over.py::test_custody_moves_with_the_receivers_half_alone",
    ),
    bug(
        "charge-settled-twice",
        "a second slip settles the charge again",
        "backend/sync/door_effects.py",
        "    unsettled = [charge for charge in charges if charge is not None and charge.wants_money]\n",
        "    unsettled = [charge for charge in charges if charge is not None]\n",
        "test_money.py::test_two_couriers_who_collect_one_fee_settle_it_once_and_owe_the_rest_back",
    ),
    bug(
        "zero-sum-dropped",
        "the ledger takes a transfer that does not sum to zero",
        "migrations/0007_money_parcels.sql",
        "CREATE CONSTRAINT TRIGGER transfer_sums_to_zero AFTER INSERT ON entries\n"
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION entries_sum_to_zero();\n",
        "",
        "test_money.py::test_the_database_itself_refuses_a_transfer_that_does_not_sum_to_zero",
    ),
    bug(
        "balance-forgotten",
        "a courier's running balance does not follow the entries",
        "backend/sync/doing.py",
        "        self.world.put(*entries, *fees.bounded(moves))\n",
        "        self.world.put(*entries)\n",
        "test_money.py::test_the_day_closes_at_zero",
    ),
    bug(
        "held-out-of-order",
        "a batch runs in the order it arrived",
        "backend/sync/reading.py",
        "    for act in sorted(acts, key=lambda act: (act.envelope.seq or 0, act.envelope.id)):\n",
        "    for act in acts:\n",
        "test_gaps.py::test_a_batch_out_of_order_runs_in_the_order_it_was_made",
    ),
    bug(
        "misfits-stay-held",
        "what does not fit the line is forgotten when a gap is given up",
        "backend/sync/waiting.py",
        "    await acts.change_standing(tx, misfits)\n",
        "",
        "test_gaps.py::test_two_held_acts_of_one_number_end_one_applied_and_one_in_review",
    ),
    bug(
        "gap-not-marked",
        "what ran after a gap looks like anything else",
        "backend/sync/reading.py",
        "            placed = replace(act, after_gap=True) if after_gap else act\n",
        "            placed = act\n",
        "test_gaps.py::test_whatever_becomes_of_it_what_ran_after_a_gap_is_marked_and_keeps_its_own_reason",
    ),
    bug(
        "conflict-ignored",
        "the last one to write a field wins",
        "backend/sync/touching.py",
        "        touch.n > envelope.base\n",
        "        touch.n < 0\n",
        "test_conflicts.py::test_two_moves_of_one_appointment_unknown_to_each_other_wait_for_a_person",
    ),
    bug(
        "role-not-checked",
        "anybody may do anything",
        "backend/sync/decide.py",
        '    complaints = [] if _holds_role(it, rule.roles) else [Complaint("act", it.kind, "role")]\n',
        "    complaints: list[Complaint] = []\n",
        "test_facts.py::test_a_request_of_the_wrong_role_is_refused",
        "test_facts.py::test_a_fact_of_someone_without_the_role_that_day_is_taken_and_looked_at",
    ),
    bug(
        "bundle-not-checked",
        "a phone writes about cases it never had",
        "backend/sync/own.py",
        '    return None if world.was_with(act.subject[1], act.envelope.actor, device.id) else "not-in-bundle"\n',
        "    return None\n",
        "test_kept.py::test_a_fact_about_a_case_that_never_was_in_the_couriers_bundle_waits_for_a_person",
    ),
    bug(
        "signature-not-checked",
        "whoever knows a device's id writes in its name",
        "backend/sync/reading.py",
        "    if device is None or not is_signed(public_key(device.public_key), command.data, command.signature):\n",
        "    if device is None:\n",
        "test_kept.py::test_a_wrong_signature_does_not_take_the_id_of_the_act_it_imitates",
    ),
    bug(
        "exception-stops-nothing",
        "requests go on while an exception is open",
        "backend/sync/facts.py",
        "    return any(row.cleared_at is None for row in sheet.do.world.of_case(OpenedException, sheet.do.subject))\n",
        "    return False\n",
        "test_facts.py::test_requests_wait_behind_an_open_exception_and_go_on_once_it_is_cleared",
    ),
    bug(
        "label-binds-twice",
        "one label on two parcels",
        "migrations/0007_money_parcels.sql",
        "CREATE UNIQUE INDEX one_parcel_per_label",
        "CREATE INDEX one_parcel_per_label",
        "test_labels_and_seats.py::test_the_same_label_on_a_second_parcel_waits_for_a_person",
    ),
    bug(
        "seat-sold-twice",
        "one seat, many appointments",
        "migrations/0005_cases.sql",
        "CREATE UNIQUE INDEX one_seat_one_appointment",
        "CREATE INDEX one_seat_one_appointment",
        "test_labels_and_seats.py::test_the_database_itself_refuses_a_seat_a_second_time",
    ),
    bug(
        "second-person-not-asked",
        "one person alone decides about money in review",
        "backend/sync/review.py",
        "    return rule.money or rule.custody\n",
        "    return rule is None\n",
        "test_review.py::test_money_and_custody_need_a_second_person",
    ),
    bug(
        "decider-countersigns-alone",
        "who decided about money in review signs as the second person too",
        "backend/sync/review.py",
        "    if person == decision.made_by:\n",
        "    if person is None:\n",
        "test_second_person.py::test_the_decider_cannot_countersign_alone",
    ),
    bug(
        "replaced-decision-signed",
        "a second person carries out a decision that a newer one has replaced",
        "backend/sync/review.py",
        "    if (await latest_decisions(tx, [subject]))[decision.about].key != decision.key:\n",
        "    if decision.id is None:\n",
        "test_second_person.py::test_a_newer_decision_replaces_the_one_before",
    ),
    bug(
        "key-not-destroyed",
        "erasure blanks the rows and keeps the key",
        "backend/sync/batch.py",
        '        await personal_parts.destroy_data_key(self.tx, "case", case, self.at)\n',
        "",
        "test_erasure.py::test_after_fifty_erasures_nothing_personal_is_left_and_the_chains_verify",
    ),
    bug(
        "household-left-behind",
        "setting out for one case of a visit does not move the others",
        "backend/sync/batch.py",
        "        for case in self.shared.get(act.key, ()):\n",
        "        for case in ():\n",
        "test_household.py::test_setting_out_and_arriving_is_one_act_and_a_child_for_each_other_case",
    ),
    bug(
        "refusal-leaves-traces",
        "what an effect did before it was refused stays",
        "backend/sync/world.py",
        "        for kind, key, before, was_changed in reversed(self._undo):\n",
        "        for kind, key, before, was_changed in ():\n",
        "test_hand_over.py::test_a_half_that_names_an_unknown_paper_leaves_nothing_behind",
    ),
    bug(
        "clock-believed",
        "an act happened whenever the phone says",
        "backend/sync/reading.py",
        "    if corrected > received_at:\n",
        "    if corrected is None:\n",
        "test_time.py::test_when_it_legally_happened",
    ),
)
