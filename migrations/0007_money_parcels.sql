-- Papers and money are both ledgers: every sheet and every đồng is with exactly one holder.

CREATE TABLE parcels (
    case_id uuid NOT NULL REFERENCES cases (case_id),
    parcel_id uuid NOT NULL,
    label text,
    seal_number text,
    state text NOT NULL,
    holder_kind text NOT NULL,
    holder uuid NOT NULL,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (case_id, parcel_id),
    CONSTRAINT parcel_holder_known CHECK (holder_kind IN ('citizen', 'courier', 'unit', 'bag', 'lost'))
);
CREATE UNIQUE INDEX one_parcel_per_label ON parcels (label);
CREATE INDEX parcels_of_holder ON parcels (holder, holder_kind);
CREATE INDEX parcels_changed ON parcels (changed);
CREATE TRIGGER parcels_touch BEFORE UPDATE ON parcels FOR EACH ROW EXECUTE FUNCTION touch();

CREATE TABLE papers (
    case_id uuid NOT NULL REFERENCES cases (case_id),
    paper_id uuid NOT NULL,
    component text NOT NULL,
    form text NOT NULL,
    originals integer NOT NULL,
    copies integer NOT NULL,
    condition text NOT NULL,
    is_result boolean NOT NULL DEFAULT false,
    state text NOT NULL,
    parcel_id uuid,
    holder_kind text NOT NULL,
    holder uuid NOT NULL,
    seen_by uuid,
    seen_at timestamptz,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (case_id, paper_id),
    CONSTRAINT paper_in_a_parcel FOREIGN KEY (case_id, parcel_id) REFERENCES parcels (case_id, parcel_id),
    CONSTRAINT paper_counts CHECK (originals >= 0 AND copies >= 0 AND originals + copies > 0),
    CONSTRAINT paper_holder_known CHECK (holder_kind IN ('citizen', 'courier', 'unit', 'bag', 'lost')),
    CONSTRAINT paper_seen_by_somebody CHECK ((seen_by IS NULL) = (seen_at IS NULL)),
    CONSTRAINT seen_paper_stays CHECK (state <> 'seen' OR (holder_kind = 'citizen' AND seen_at IS NOT NULL))
);
CREATE INDEX papers_of_holder ON papers (holder, holder_kind);
CREATE INDEX papers_changed ON papers (changed);
CREATE TRIGGER papers_touch BEFORE UPDATE ON papers FOR EACH ROW EXECUTE FUNCTION touch();

-- A hand-over is one id with two halves. Custody moves with the receiver's half; an offer alone alarms after a limit.
CREATE TABLE hand_overs (
    case_id uuid NOT NULL REFERENCES cases (case_id),
    offer_id uuid NOT NULL,
    giver_kind text,
    giver uuid,
    receiver_kind text,
    receiver uuid,
    parcel_ids uuid [] NOT NULL DEFAULT '{}',
    paper_ids uuid [] NOT NULL DEFAULT '{}',
    offered_at timestamptz,
    received_at timestamptz,
    condition text,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (case_id, offer_id),
    CONSTRAINT hand_over_has_a_half CHECK (offered_at IS NOT NULL OR received_at IS NOT NULL)
);
CREATE INDEX hand_overs_of_offer ON hand_overs (offer_id);
CREATE INDEX hand_overs_open ON hand_overs (offered_at) WHERE received_at IS NULL;
CREATE TRIGGER hand_overs_touch BEFORE UPDATE ON hand_overs FOR EACH ROW EXECUTE FUNCTION touch();

-- A bag (túi thư) travels under a tag from one office to another with its manifest (bản kê). What is in it follows the bag.
CREATE TABLE bags (
    bag_id uuid PRIMARY KEY,
    tag text NOT NULL,
    unit_id uuid NOT NULL REFERENCES units (id),
    to_unit uuid NOT NULL REFERENCES units (id),
    state text NOT NULL,
    holder_kind text NOT NULL,
    holder uuid NOT NULL,
    seal_number text,
    opened_at timestamptz NOT NULL,
    closed_at timestamptz,
    offered_at timestamptz,
    received_at timestamptz,
    received_by uuid REFERENCES people (id),
    result text,
    giver_signed_by uuid REFERENCES people (id),
    giver_signed_at timestamptz,
    receiver_signed_by uuid REFERENCES people (id),
    receiver_signed_at timestamptz,
    settled_by uuid REFERENCES people (id),
    settled_at timestamptz,
    settled_because text,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT bag_goes_elsewhere CHECK (unit_id <> to_unit),
    CONSTRAINT bag_holder_known CHECK (holder_kind IN ('courier', 'unit')),
    CONSTRAINT bag_result_known CHECK (result IN ('all_present', 'short', 'extra', 'seal_broken')),
    CONSTRAINT bag_received_with_a_result CHECK ((received_at IS NULL) = (result IS NULL)),
    CONSTRAINT bag_signed_by_two CHECK (giver_signed_by <> receiver_signed_by)
);
CREATE UNIQUE INDEX one_bag_on_the_road_per_tag ON bags (tag) WHERE received_at IS NULL;
CREATE INDEX bags_of_unit ON bags (unit_id, opened_at);
CREATE INDEX bags_to_unit ON bags (to_unit, opened_at);
CREATE TRIGGER bags_touch BEFORE UPDATE ON bags FOR EACH ROW EXECUTE FUNCTION touch();

-- What the manifest announced, and what the receiver found.
CREATE TABLE bag_parcels (
    bag_id uuid NOT NULL REFERENCES bags (bag_id),
    parcel_id uuid NOT NULL,
    case_id uuid NOT NULL,
    announced boolean NOT NULL,
    found boolean NOT NULL,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (bag_id, parcel_id),
    CONSTRAINT bag_parcel_is_one FOREIGN KEY (case_id, parcel_id) REFERENCES parcels (case_id, parcel_id)
);
CREATE INDEX bag_parcels_of_case ON bag_parcels (case_id);
CREATE TRIGGER bag_parcels_touch BEFORE UPDATE ON bag_parcels FOR EACH ROW EXECUTE FUNCTION touch();

-- Label sets are stock of an office with exactly one holder; a set binds once. Of the citizen's card only hashes are kept.
CREATE TABLE label_sets (
    number integer PRIMARY KEY,
    label text NOT NULL UNIQUE,
    item_number text NOT NULL UNIQUE,
    card_token_sha256 bytea NOT NULL UNIQUE,
    look_up_hash bytea NOT NULL,
    word_hash bytea NOT NULL,
    unit_id uuid NOT NULL REFERENCES units (id),
    state text NOT NULL,
    holder_kind text NOT NULL,
    holder uuid NOT NULL,
    case_id uuid,
    parcel_id uuid,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT label_set_state_known CHECK (state IN ('printed', 'issued', 'bound', 'voided', 'lost')),
    CONSTRAINT label_set_holder_known CHECK (holder_kind IN ('citizen', 'courier', 'unit', 'lost')),
    CONSTRAINT label_set_bound_to_a_parcel CHECK ((state = 'bound') <= (parcel_id IS NOT NULL)),
    CONSTRAINT label_set_of_parcel FOREIGN KEY (case_id, parcel_id) REFERENCES parcels (case_id, parcel_id)
);
CREATE INDEX label_sets_of_holder ON label_sets (holder, holder_kind, state);
CREATE INDEX label_sets_of_unit ON label_sets (unit_id, state);
CREATE INDEX label_sets_of_case ON label_sets (case_id);
CREATE INDEX label_sets_by_look_up ON label_sets (look_up_hash);
CREATE INDEX label_sets_changed ON label_sets (changed);
CREATE TRIGGER label_sets_touch BEFORE UPDATE ON label_sets FOR EACH ROW EXECUTE FUNCTION touch();

CREATE TABLE charges (
    case_id uuid NOT NULL REFERENCES cases (case_id),
    charge_id uuid NOT NULL,
    line text NOT NULL,
    amount bigint NOT NULL,
    payee text NOT NULL,
    due_at text NOT NULL,
    state text NOT NULL,
    settled_by uuid,
    counted bigint,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (case_id, charge_id),
    CONSTRAINT charge_is_money CHECK (amount > 0),
    CONSTRAINT charge_counted_less CHECK (
        counted IS NULL OR (counted > 0 AND counted < amount AND settled_by IS NOT NULL)
    ),
    CONSTRAINT charge_due_known CHECK (due_at IN ('reception', 'return'))
);
CREATE INDEX charges_changed ON charges (changed);
CREATE TRIGGER charges_touch BEFORE UPDATE ON charges FOR EACH ROW EXECUTE FUNCTION touch();

-- The phone's numbered collection slips: blocks per device, never reused, no date in them.
CREATE TABLE slip_blocks (
    device_id uuid NOT NULL REFERENCES devices (id),
    first_number bigint NOT NULL,
    last_number bigint NOT NULL,
    given_at timestamptz NOT NULL,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (first_number),
    CONSTRAINT slip_block_is_a_range CHECK (first_number > 0 AND last_number >= first_number),
    CONSTRAINT slip_blocks_apart EXCLUDE USING gist (int8range(first_number, last_number, '[]') WITH &&)
);
CREATE INDEX slip_blocks_of_device ON slip_blocks (device_id);

CREATE TABLE collections (
    case_id uuid NOT NULL REFERENCES cases (case_id),
    collection_id uuid NOT NULL,
    visit_id uuid NOT NULL REFERENCES visits (visit_id),
    slip_number bigint NOT NULL UNIQUE,
    courier uuid NOT NULL REFERENCES people (id),
    means text NOT NULL,
    total bigint NOT NULL,
    tendered bigint NOT NULL,
    change_given bigint NOT NULL,
    state text NOT NULL,
    collected_at timestamptz NOT NULL,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (case_id, collection_id),
    CONSTRAINT collection_adds_up CHECK (total > 0 AND tendered - change_given = total)
);
CREATE TRIGGER collections_touch BEFORE UPDATE ON collections FOR EACH ROW EXECUTE FUNCTION touch();

-- Double entry: a transfer's entries sum to zero when the transaction commits. Integer đồng.
CREATE TABLE entries (
    case_id uuid,
    transfer_id uuid NOT NULL,
    line smallint NOT NULL,
    account text NOT NULL,
    amount bigint NOT NULL,
    day date NOT NULL,
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (transfer_id, line),
    CONSTRAINT entry_is_money CHECK (amount <> 0),
    CONSTRAINT entry_account_shape CHECK (
        account ~ '^(due|cash|till|bank|suspense|credit|agency|postage|variance|float)(:[0-9a-z:-]+)?$'
    )
);
CREATE INDEX entries_of_account ON entries (account, day);
CREATE INDEX entries_of_case ON entries (case_id);
CREATE INDEX entries_changed ON entries (changed);

CREATE FUNCTION entries_sum_to_zero() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT sum(e.amount) FROM entries AS e WHERE e.transfer_id = NEW.transfer_id) <> 0 THEN
        RAISE EXCEPTION 'transfer % does not sum to zero', NEW.transfer_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'transfer_sums_to_zero';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER transfer_sums_to_zero AFTER INSERT ON entries
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION entries_sum_to_zero();

-- Running balances only for accounts with a bound (a courier's cash, a till).
CREATE TABLE balances (
    account text PRIMARY KEY,
    amount bigint NOT NULL,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id()
);
CREATE TRIGGER balances_touch BEFORE UPDATE ON balances FOR EACH ROW EXECUTE FUNCTION touch();

CREATE TABLE shifts (
    shift_id uuid PRIMARY KEY,
    courier uuid NOT NULL REFERENCES people (id),
    unit_id uuid NOT NULL REFERENCES units (id),
    day date NOT NULL,
    state text NOT NULL,
    float_amount bigint NOT NULL,
    begun_at timestamptz NOT NULL,
    closed_at timestamptz,
    difference bigint,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id()
);
CREATE UNIQUE INDEX one_open_shift_per_courier ON shifts (courier) WHERE closed_at IS NULL;
CREATE TRIGGER shifts_touch BEFORE UPDATE ON shifts FOR EACH ROW EXECUTE FUNCTION touch();

GRANT SELECT ON parcels, papers, hand_overs, charges, collections, entries TO tannha_app, tannha_province;
GRANT SELECT ON label_sets, bags, bag_parcels, balances, shifts TO tannha_app, tannha_province;
GRANT SELECT, INSERT, UPDATE ON
parcels, papers, hand_overs, label_sets, bags, bag_parcels, charges, collections, balances, shifts
TO tannha_service;
GRANT SELECT, INSERT ON entries, slip_blocks TO tannha_service;

ALTER TABLE entries ENABLE ROW LEVEL SECURITY;
ALTER TABLE entries FORCE ROW LEVEL SECURITY;
CREATE POLICY entries_service ON entries TO tannha_service USING (true) WITH CHECK (true);
CREATE POLICY entries_province ON entries FOR SELECT TO tannha_province USING (true);
CREATE POLICY entries_own ON entries FOR SELECT TO tannha_app USING (
    EXISTS (
        SELECT FROM case_units AS cu
        WHERE cu.case_id = entries.case_id AND cu.unit_id = ANY((SELECT units_in_reach())::uuid [])
    )
);

ALTER TABLE parcels ENABLE ROW LEVEL SECURITY;
ALTER TABLE parcels FORCE ROW LEVEL SECURITY;
CREATE POLICY parcels_service ON parcels TO tannha_service USING (true) WITH CHECK (true);
CREATE POLICY parcels_province ON parcels FOR SELECT TO tannha_province USING (true);
CREATE POLICY parcels_own ON parcels FOR SELECT TO tannha_app USING (
    EXISTS (
        SELECT FROM case_units AS cu
        WHERE cu.case_id = parcels.case_id AND cu.unit_id = ANY((SELECT units_in_reach())::uuid [])
    )
);
