"""Bugs of what only the owner changes, of a household that pays at once, and of a citizen who comes to a counter."""

from tests.mutants.seeded import Bug, bug

OF_THE_OWNER: tuple[Bug, ...] = (
    bug(
        "code-for-ever",
        "a code that was sent to the owner is good the next day",
        "backend/notices/codes.py",
        "LASTS = timedelta(minutes=10)\n",
        "LASTS = timedelta(days=10)\n",
        "sync/test_changes.py::test_by_the_code_that_was_sent_to_the_number_on_file",
    ),
    bug(
        "code-of-anybody",
        "a code that one clerk had sent proves the owner to another",
        "backend/sync/keyed.py",
        "await _sent(tx, act, by=act.envelope.actor)):\n",
        "await _sent(tx, act)):\n",
        "sync/test_changes.py::test_by_the_code_that_was_sent_to_the_number_on_file",
    ),
    bug(
        "change-at-once",
        "a changed way of receiving holds at once where only the owner may receive",
        "backend/sync/party_facts.py",
        "    return since is not None and local_date(sheet.do.act.occurred_at) < since\n",
        "    return since is not None and local_date(sheet.do.act.occurred_at) > since\n",
        "sync/test_changes.py::test_a_result_handed_over_before_its_day_is_looked_at",
    ),
    bug(
        "new-contact-told",
        "not who was reached before hears that the contact changed",
        "backend/sync/change_effects.py",
        "notices.former(do.case.phone, ",
        "notices.former(told.phone, ",
        "sync/test_changes.py::test_the_contact_is_another_one_and_the_one_before_is_kept_to_be_told",
    ),
    bug(
        "promise-spent",
        "money that a refund promises pays a charge",
        "backend/fees/payments.py",
        '    at_hand -= sum(one.amount for one in own if one.state in OPEN and one.cause != "short")  # promised\n',
        "",
        "sync/test_transfers.py::test_what_a_refund_promises_pays_nothing_else",
    ),
    bug(
        "share-too-early",
        "the last case that is known gets what is of a case that no phone has told of",
        "backend/fees/payments.py",
        "share = left if are_all and number == len(still) else",
        "share = left if number == len(still) else",
        "sync/test_household_transfers.py::test_until_the_phone_has_told_of_every_case_the_rest_waits",
    ),
    bug(
        "two-writings",
        "a signature below a checkpoint may be written in more than one way",
        "backend/acts/note.py",
        "    if base64.b64encode(value).decode() != encoded:",
        "    if not encoded:",
        "verify/test_merkle.py::test_a_note_changed_in_any_bit_is_not_signed",
    ),
    bug(
        "two-clicks",
        "a form of a counter that is sent twice is refused, as if nothing had been done",
        "backend/web/writing.py",
        "    return row is not None and row.kind == kind and subject in (None, row.subject_id)\n",
        "    return row is None and kind == str(subject)\n",
        "web/test_counter_pages.py::test_a_slip_of_a_desk_has_the_next_number_and_what_is_sent_twice_uses_one",
    ),
    bug(
        "everything-due-now",
        "at a counter a citizen who brings papers is asked for what is due with the result",
        "backend/web/forms/paying.py",
        "one.due_at == DueAt.RECEPTION or",
        "one.due_at != DueAt.RECEPTION or",
        "web/test_counter_pages.py::test_a_whole_visit_at_a_counter_by_forms",
    ),
)
