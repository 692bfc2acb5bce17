"""Bugs of custody, money, labels and seats: each thing has one holder, each fee is paid once, each seat sold once."""

from tests.mutants.seeded import Bug, bug

OF_CUSTODY_AND_MONEY: tuple[Bug, ...] = (
    bug(
        "custody-stays",
        "receiving moves nothing",
        "backend/sync/door_effects.py",
        "    for rows in parcels.moved(do.parcels(parcel_ids), list(moving.values()), to, condition):\n"
        "        do.world.put(*rows)\n",
        "    do.parcels(parcel_ids)\n",
        "sync/test_hand_over.py::test_custody_moves_with_the_receivers_half_alone",
    ),
    bug(
        "charge-settled-twice",
        "a second slip settles the charge again",
        "backend/sync/door_effects.py",
        "    unsettled = [charge for charge in charges if charge is not None and charge.wants_money]\n",
        "    unsettled = [charge for charge in charges if charge is not None]\n",
        "sync/test_money.py::test_two_couriers_who_collect_one_fee_settle_it_once_and_owe_the_rest_back",
    ),
    bug(
        "zero-sum-dropped",
        "the ledger takes a transfer that does not sum to zero",
        "migrations/0007_money_parcels.sql",
        "CREATE CONSTRAINT TRIGGER transfer_sums_to_zero AFTER INSERT ON entries\n"
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION entries_sum_to_zero();\n",
        "",
        "sync/test_money.py::test_the_database_itself_refuses_a_transfer_that_does_not_sum_to_zero",
    ),
    bug(
        "balance-forgotten",
        "a courier's running balance does not follow the entries",
        "backend/sync/doing.py",
        "        self.world.put(*entries, *fees.bounded(moves))\n",
        "        self.world.put(*entries)\n",
        "sync/test_money.py::test_the_day_closes_at_zero",
    ),
    bug(
        "label-binds-twice",
        "one label on two parcels",
        "migrations/0007_money_parcels.sql",
        "CREATE UNIQUE INDEX one_parcel_per_label",
        "CREATE INDEX one_parcel_per_label",
        "sync/test_labels_and_seats.py::test_the_same_label_on_a_second_parcel_waits_for_a_person",
    ),
    bug(
        "seat-sold-twice",
        "one seat, many appointments",
        "migrations/0005_cases.sql",
        "CREATE UNIQUE INDEX one_seat_one_appointment",
        "CREATE INDEX one_seat_one_appointment",
        "sync/test_labels_and_seats.py::test_the_database_itself_refuses_a_seat_a_second_time",
    ),
)
