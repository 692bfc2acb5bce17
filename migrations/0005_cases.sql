-- The case and what happens to it: registrations, dossier mirror, appointments, visits, papers' bundle.
-- Every case-owned table has case_id as its first key column.

CREATE TABLE cases (
    case_id uuid PRIMARY KEY,
    state text NOT NULL,
    procedure text NOT NULL,
    channel text NOT NULL,
    regime_on date NOT NULL,
    supporting_unit uuid NOT NULL REFERENCES units (id),
    handling_unit uuid NOT NULL REFERENCES units (id),
    competent_unit uuid NOT NULL REFERENCES units (id),
    visit_commune text,
    model text NOT NULL,
    assisted boolean NOT NULL DEFAULT false,
    agency_confirmed boolean NOT NULL DEFAULT false,
    check_result text NOT NULL DEFAULT 'none',
    checked_by uuid REFERENCES people (id),
    recipient_class text,
    owner_name text,
    owner_folded text,
    owner_number text,
    phone text,
    address text,
    hamlet text,
    landmark text,
    access text,
    born_of uuid NOT NULL,
    opened_at timestamptz NOT NULL,
    closed_at timestamptz,
    erased_at timestamptz,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT case_channel_known CHECK (channel IN ('portal', 'hotline', 'one_stop', 'post')),
    CONSTRAINT case_model_known CHECK (model IN ('combined', 'no_writing', 'home')),
    CONSTRAINT case_check_known CHECK (check_result IN ('none', 'passed', 'not_passed', 'waived')),
    CONSTRAINT case_recipient_class_known CHECK (recipient_class IN ('owner', 'registered', 'household')),
    CONSTRAINT erased_case_holds_nothing_personal CHECK (
        erased_at IS NULL
        OR (
            owner_name IS NULL AND owner_folded IS NULL AND owner_number IS NULL
            AND phone IS NULL AND address IS NULL AND hamlet IS NULL AND landmark IS NULL AND access IS NULL
        )
    ),
    CONSTRAINT case_access_known CHECK (access IN ('motorbike', 'boat', 'ferry'))
);
CREATE INDEX cases_changed ON cases (changed);
CREATE INDEX cases_state ON cases (state, opened_at DESC, case_id);
CREATE INDEX cases_newest ON cases (opened_at DESC, case_id);
CREATE INDEX cases_owner ON cases USING gin (owner_folded gin_trgm_ops);
CREATE TRIGGER cases_touch BEFORE UPDATE ON cases FOR EACH ROW EXECUTE FUNCTION touch();

-- Who is who in a case (F05). A row is personal as a whole: erasure removes it.
CREATE TABLE parties (
    case_id uuid NOT NULL REFERENCES cases (case_id),
    party_id uuid NOT NULL,
    role text NOT NULL,
    kind text NOT NULL,
    relation text,
    name text NOT NULL,
    number text,
    old_number text,
    passport text,
    tax_code text,
    born text,
    phone text,
    shared_phone boolean NOT NULL DEFAULT false,
    authority text,
    authority_until date,
    live boolean NOT NULL DEFAULT true,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (case_id, party_id),
    CONSTRAINT party_role_known CHECK (role IN ('owner', 'filer', 'representative', 'authorised', 'recipient')),
    CONSTRAINT party_kind_known CHECK (kind IN ('person', 'organisation')),
    CONSTRAINT party_authority_known CHECK (
        authority IN ('in_person', 'none', 'mandate', 'certified_mandate', 'introduction')
    ),
    CONSTRAINT party_tax_code_shape CHECK (tax_code ~ '^[0-9]{10}(-[0-9]{3})?$'),
    CONSTRAINT party_born_shape CHECK (born ~ '^[0-9]{4}(-[0-9]{2}-[0-9]{2})?$')
);
-- Equality, which a policy lets an index answer.
CREATE INDEX parties_number ON parties (number) WHERE number IS NOT NULL;
CREATE INDEX parties_old_number ON parties (old_number) WHERE old_number IS NOT NULL;
CREATE INDEX parties_passport ON parties (passport) WHERE passport IS NOT NULL;
CREATE INDEX parties_tax_code ON parties (tax_code) WHERE tax_code IS NOT NULL;
CREATE TRIGGER parties_touch BEFORE UPDATE ON parties FOR EACH ROW EXECUTE FUNCTION touch();

-- What people decided about acts in review: the last word about one that still waits is its open proposal.
CREATE INDEX inbox_decided ON inbox (subject_id, n)
WHERE kind = 'resolve_review' AND source = 'desk' AND standing = 'applied';

-- Whose case it is. "Own" for an office = supporting, handling or competent (F16).
-- The last two columns are the case's own, kept here by triggers: an office's list is a walk along one index.
CREATE TABLE case_units (
    case_id uuid NOT NULL REFERENCES cases (case_id),
    unit_id uuid NOT NULL REFERENCES units (id),
    relation text NOT NULL,
    state text NOT NULL,
    opened_at timestamptz NOT NULL,
    PRIMARY KEY (case_id, unit_id, relation),
    CONSTRAINT case_relation_known CHECK (relation IN ('supporting', 'handling', 'competent', 'custody'))
);
CREATE INDEX case_units_of_unit ON case_units (unit_id, state, opened_at DESC, case_id);
CREATE FUNCTION unit_learns_of_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT c.state, c.opened_at INTO STRICT NEW.state, NEW.opened_at FROM cases AS c WHERE c.case_id = NEW.case_id;
    RETURN NEW;
END $$;
CREATE FUNCTION case_tells_its_units() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE case_units SET state = NEW.state WHERE case_id = NEW.case_id;
    RETURN NULL;
END $$;
CREATE TRIGGER case_units_learn BEFORE INSERT ON case_units
FOR EACH ROW EXECUTE FUNCTION unit_learns_of_case();
CREATE TRIGGER cases_tell AFTER UPDATE OF state ON cases
FOR EACH ROW WHEN (old.state <> new.state) EXECUTE FUNCTION case_tells_its_units();

-- The agency's file: a mirror with source and time, never our machine.
CREATE TABLE dossiers (
    case_id uuid PRIMARY KEY REFERENCES cases (case_id),
    code text,
    live boolean NOT NULL DEFAULT true,
    portal_status smallint,
    source text,
    reported_at timestamptz,
    received_at timestamptz,
    due_on date,
    receipt_at timestamptz,
    receipt_by uuid REFERENCES people (id),
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT dossier_portal_status_known CHECK (portal_status BETWEEN 1 AND 10),
    CONSTRAINT dossier_receipt_whole CHECK (
        num_nulls(received_at, due_on, receipt_at, receipt_by) IN (0, 4)
    )
);
CREATE UNIQUE INDEX one_live_case_per_dossier ON dossiers (code) WHERE live;
-- People read the end of a code aloud.
CREATE INDEX dossiers_code_end ON dossiers (reverse(code) COLLATE "C");
CREATE INDEX closed_dossiers ON dossiers (code) WHERE NOT live;
CREATE TRIGGER dossiers_touch BEFORE UPDATE ON dossiers FOR EACH ROW EXECUTE FUNCTION touch();

CREATE TABLE registrations (
    case_id uuid NOT NULL REFERENCES cases (case_id),
    registration_id uuid NOT NULL,
    channel text NOT NULL,
    unit_id uuid NOT NULL REFERENCES units (id),
    registered_at timestamptz NOT NULL,
    forwarded_to uuid REFERENCES units (id),
    forwarded_at timestamptz,
    acknowledged_at timestamptz,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (case_id, registration_id),
    CONSTRAINT registration_channel_known CHECK (channel IN ('portal', 'hotline', 'one_stop', 'post'))
);
CREATE TRIGGER registrations_touch BEFORE UPDATE ON registrations FOR EACH ROW EXECUTE FUNCTION touch();

-- One stop of one courier at one place and window. A new try is a new visit.
CREATE TABLE visits (
    visit_id uuid PRIMARY KEY,
    unit_id uuid NOT NULL REFERENCES units (id),
    courier uuid NOT NULL REFERENCES people (id),
    purpose text NOT NULL,
    place text NOT NULL,
    day date NOT NULL,
    time_window text NOT NULL,
    state text NOT NULL,
    outcome text,
    reason text,
    arrived_at timestamptz,
    ended_at timestamptz,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT visit_purpose_known CHECK (purpose IN ('collect', 'supplement', 'exchange', 'deliver', 'return_papers')),
    CONSTRAINT visit_place_known CHECK (place IN ('home', 'post_counter', 'one_stop', 'mobile_point'))
);
CREATE INDEX visits_of_courier ON visits (courier, day);
CREATE INDEX visits_of_unit ON visits (unit_id, day);
CREATE INDEX visits_changed ON visits (changed);
CREATE TRIGGER visits_touch BEFORE UPDATE ON visits FOR EACH ROW EXECUTE FUNCTION touch();

CREATE TABLE case_visits (
    case_id uuid NOT NULL REFERENCES cases (case_id),
    visit_id uuid NOT NULL REFERENCES visits (visit_id),
    identity_checked boolean NOT NULL DEFAULT false,
    slip_signed boolean NOT NULL DEFAULT false,
    changed_hands boolean NOT NULL DEFAULT false,
    met text,
    outcome text,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (case_id, visit_id)
);
CREATE INDEX case_visits_of_visit ON case_visits (visit_id);
CREATE TRIGGER case_visits_touch BEFORE UPDATE ON case_visits FOR EACH ROW EXECUTE FUNCTION touch();

-- A promised window: a numbered seat of a unit and day.
CREATE TABLE appointments (
    case_id uuid NOT NULL REFERENCES cases (case_id),
    appointment_id uuid NOT NULL,
    visit_id uuid NOT NULL REFERENCES visits (visit_id),
    purpose text NOT NULL,
    unit_id uuid NOT NULL REFERENCES units (id),
    day date NOT NULL,
    time_window text NOT NULL,
    seat integer NOT NULL,
    state text NOT NULL,
    live boolean NOT NULL,
    calls integer NOT NULL DEFAULT 0,
    called_at timestamptz,
    call_outcome text,
    next_call_at timestamptz,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (case_id, appointment_id),
    CONSTRAINT appointment_window_shape CHECK (time_window ~ '^[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]$'),
    CONSTRAINT appointment_seat_counts CHECK (seat BETWEEN 1 AND 1000),
    CONSTRAINT appointment_call_has_an_outcome
        CHECK (calls >= 0 AND (calls = 0) = (called_at IS NULL) AND (called_at IS NULL) = (call_outcome IS NULL))
);
CREATE UNIQUE INDEX one_seat_one_appointment ON appointments (unit_id, day, time_window, seat) WHERE live;
CREATE UNIQUE INDEX one_live_appointment_per_purpose ON appointments (case_id, purpose) WHERE live;
CREATE INDEX appointments_to_confirm ON appointments (day) WHERE live AND state = 'waiting_call';
CREATE TRIGGER appointments_touch BEFORE UPDATE ON appointments FOR EACH ROW EXECUTE FUNCTION touch();

-- What is, or ever was, in a courier's day bundle. A row that left is a tombstone; a fact about it is never refused.
CREATE TABLE bundle (
    person_id uuid NOT NULL REFERENCES people (id),
    case_id uuid NOT NULL REFERENCES cases (case_id),
    visit_id uuid NOT NULL REFERENCES visits (visit_id),
    present boolean NOT NULL,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (person_id, case_id, visit_id)
);
CREATE INDEX bundle_changed ON bundle (person_id, changed);
CREATE INDEX bundle_of_case ON bundle (case_id);
CREATE TRIGGER bundle_touch BEFORE UPDATE ON bundle FOR EACH ROW EXECUTE FUNCTION touch();

CREATE TABLE signatures (
    case_id uuid NOT NULL REFERENCES cases (case_id),
    signature_id uuid NOT NULL,
    visit_id uuid NOT NULL REFERENCES visits (visit_id),
    document text NOT NULL,
    mode text NOT NULL,
    shown_sha256 bytea NOT NULL,
    strokes_sha256 bytea,
    image_sha256 bytea,
    signed_at timestamptz NOT NULL,
    voided_at timestamptz,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (case_id, signature_id),
    CONSTRAINT signature_says_what_was_shown CHECK (octet_length(shown_sha256) = 32)
);
CREATE TRIGGER signatures_touch BEFORE UPDATE ON signatures FOR EACH ROW EXECUTE FUNCTION touch();

-- Only the SHA-256 of a tracking token is stored.
CREATE TABLE tracking_tokens (
    token_sha256 bytea PRIMARY KEY,
    case_id uuid NOT NULL REFERENCES cases (case_id),
    number integer NOT NULL,
    live boolean NOT NULL,
    CONSTRAINT tracking_number_counts CHECK (number >= 1)
);
CREATE INDEX tracking_tokens_of_case ON tracking_tokens (case_id);

GRANT SELECT ON cases, case_units, dossiers, registrations, visits, case_visits, appointments, bundle, signatures
TO tannha_app, tannha_province;
GRANT SELECT ON parties TO tannha_app, tannha_province;
GRANT SELECT, INSERT, UPDATE, DELETE ON case_units, parties TO tannha_service;
GRANT SELECT, INSERT, UPDATE ON
cases, dossiers, registrations, visits, case_visits, appointments, bundle, signatures, tracking_tokens
TO tannha_service;

-- Row-level security: an office sees rows of its own cases, the services and the province see all.
-- The setting is read once per statement (a sub-select), and an empty one means nothing at all.
CREATE FUNCTION units_in_reach() RETURNS uuid [] LANGUAGE sql STABLE AS $$
    SELECT string_to_array(NULLIF(current_setting('tannha.units', true), ''), ',')::uuid []
$$;

ALTER TABLE acts ENABLE ROW LEVEL SECURITY;
ALTER TABLE acts FORCE ROW LEVEL SECURITY;
CREATE POLICY acts_service ON acts TO tannha_service USING (true) WITH CHECK (true);
CREATE POLICY acts_province ON acts FOR SELECT TO tannha_province USING (true);
CREATE POLICY acts_own ON acts FOR SELECT TO tannha_app USING (
    EXISTS (
        SELECT FROM case_units AS cu
        WHERE cu.case_id = acts.case_id AND cu.unit_id = ANY((SELECT units_in_reach())::uuid [])
    )
);

ALTER TABLE personal ENABLE ROW LEVEL SECURITY;
ALTER TABLE personal FORCE ROW LEVEL SECURITY;
CREATE POLICY personal_service ON personal TO tannha_service USING (true) WITH CHECK (true);
CREATE POLICY personal_province ON personal FOR SELECT TO tannha_province USING (true);
CREATE POLICY personal_own ON personal FOR SELECT TO tannha_app USING (
    EXISTS (
        SELECT FROM case_units AS cu
        WHERE cu.case_id = personal.case_id AND cu.unit_id = ANY((SELECT units_in_reach())::uuid [])
    )
);

ALTER TABLE parties ENABLE ROW LEVEL SECURITY;
ALTER TABLE parties FORCE ROW LEVEL SECURITY;
CREATE POLICY parties_service ON parties TO tannha_service USING (true) WITH CHECK (true);
CREATE POLICY parties_province ON parties FOR SELECT TO tannha_province USING (true);
CREATE POLICY parties_own ON parties FOR SELECT TO tannha_app USING (
    case_id IN (SELECT cu.case_id FROM case_units AS cu WHERE cu.unit_id = ANY((SELECT units_in_reach())::uuid []))
);

-- Pages and files (0004) belong to a case; an office sees those of its own cases. `pages` is asked under its own policy.
-- The tables were made a moment ago: there is nothing to scan and nobody to block.
-- squawk-ignore constraint-missing-not-valid, adding-foreign-key-constraint
ALTER TABLE pages ADD CONSTRAINT page_of_a_case FOREIGN KEY (case_id) REFERENCES cases (case_id);
-- squawk-ignore constraint-missing-not-valid, adding-foreign-key-constraint
ALTER TABLE component_files ADD CONSTRAINT component_file_of_a_case FOREIGN KEY (case_id) REFERENCES cases (case_id);
CREATE POLICY pages_own ON pages FOR SELECT TO tannha_app USING (
    EXISTS (
        SELECT FROM case_units AS cu
        WHERE cu.case_id = pages.case_id AND cu.unit_id = ANY((SELECT units_in_reach())::uuid [])
    )
);
CREATE POLICY component_files_own ON component_files FOR SELECT TO tannha_app USING (
    EXISTS (
        SELECT FROM case_units AS cu
        WHERE cu.case_id = component_files.case_id AND cu.unit_id = ANY((SELECT units_in_reach())::uuid [])
    )
);
CREATE POLICY files_own ON files FOR SELECT TO tannha_app USING (
    EXISTS (SELECT FROM pages AS p WHERE p.file_sha256 = files.sha256)
);
CREATE POLICY masters_own ON masters FOR SELECT TO tannha_app USING (
    EXISTS (SELECT FROM pages AS p WHERE p.file_sha256 = masters.file_sha256)
);
