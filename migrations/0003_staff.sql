-- People of the service, what they may do where and from when to when, how they sign in, and their phones.

CREATE TABLE people (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    folded text NOT NULL,
    badge text NOT NULL,
    disabled_at timestamptz,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT badge_of_one_person UNIQUE (badge),
    CONSTRAINT badge_is_short CHECK (badge ~ '^[A-Z0-9][A-Z0-9.-]{0,23}$'),
    CONSTRAINT person_name_is_composed CHECK (name IS NFC NORMALIZED AND length(name) BETWEEN 1 AND 100)
);
CREATE INDEX people_changed ON people (changed);
CREATE TRIGGER people_touch BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION touch();
GRANT SELECT ON people TO tannha_app, tannha_province;
GRANT SELECT, INSERT, UPDATE (name, folded, badge, disabled_at) ON people TO tannha_service;

-- One person may hold several roles at a unit at once (F16). A row in use is never changed but for its end: the last
-- day of `valid`, or `taken_at`, which is effective at once.
CREATE TABLE roles_held (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES people (id),
    unit_id uuid NOT NULL REFERENCES units (id),
    role text NOT NULL,
    valid daterange NOT NULL,
    given_by uuid REFERENCES people (id),
    recorded_at timestamptz NOT NULL,
    taken_at timestamptz,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT role_held_once_at_a_time EXCLUDE USING gist (
        person_id WITH =, unit_id WITH =, role WITH =, valid WITH &&
    ) WHERE (taken_at IS NULL),
    CONSTRAINT role_has_a_beginning CHECK (NOT isempty(valid) AND NOT lower_inf(valid)),
    CONSTRAINT role_known CHECK (
        role IN (
            'courier', 'dispatcher', 'counter_clerk', 'post_employee_at_one_stop', 'cashier', 'head_of_post',
            'one_stop_officer', 'approver', 'procedure_owner', 'operator', 'supervisor', 'administrator'
        )
    )
);
CREATE INDEX roles_held_by_person ON roles_held (person_id);
CREATE INDEX roles_held_at_unit ON roles_held (unit_id, role);
CREATE INDEX roles_held_changed ON roles_held (changed);
CREATE TRIGGER roles_held_touch BEFORE UPDATE ON roles_held FOR EACH ROW EXECUTE FUNCTION touch();
GRANT SELECT ON roles_held TO tannha_app, tannha_province;
GRANT SELECT, INSERT, UPDATE (valid, taken_at) ON roles_held TO tannha_service;

-- Which model of service somebody has mastered, on what evidence and until when (F23): entered by hand, by who answers for
-- the office. A row is never changed, only taken back, at once.
CREATE TABLE qualifications (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES people (id),
    unit_id uuid NOT NULL REFERENCES units (id),
    model text NOT NULL,
    valid daterange NOT NULL,
    evidence text NOT NULL,
    entered_by uuid NOT NULL REFERENCES people (id),
    recorded_at timestamptz NOT NULL,
    taken_at timestamptz,
    taken_by uuid REFERENCES people (id),
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT qualification_once_at_a_time EXCLUDE USING gist (
        person_id WITH =, model WITH =, valid WITH &&
    ) WHERE (taken_at IS NULL),
    CONSTRAINT qualification_begins_and_ends CHECK (
        NOT isempty(valid) AND NOT lower_inf(valid) AND NOT upper_inf(valid)
    ),
    CONSTRAINT qualification_model_known CHECK (model IN ('combined', 'no_writing', 'home')),
    CONSTRAINT qualification_has_evidence CHECK (evidence IS NFC NORMALIZED AND length(evidence) BETWEEN 1 AND 200),
    CONSTRAINT nobody_qualifies_themselves CHECK (person_id <> entered_by),
    CONSTRAINT taken_qualification_names_who CHECK ((taken_at IS NULL) = (taken_by IS NULL))
);
CREATE INDEX qualifications_of_person ON qualifications (person_id);
CREATE TRIGGER qualifications_touch BEFORE UPDATE ON qualifications FOR EACH ROW EXECUTE FUNCTION touch();
GRANT SELECT ON qualifications TO tannha_app, tannha_province;
GRANT SELECT, INSERT, UPDATE (taken_at, taken_by) ON qualifications TO tannha_service;

-- What an office does about who has not mastered a model: nothing, a mark, or a refusal; a mark where nobody has said.
-- What is set from a day on closes what was in force, and takes back what was to begin later.
CREATE TABLE competence_gates (
    id uuid PRIMARY KEY,
    unit_id uuid NOT NULL REFERENCES units (id),
    model text NOT NULL,
    mode text NOT NULL,
    valid daterange NOT NULL,
    set_by uuid NOT NULL REFERENCES people (id),
    recorded_at timestamptz NOT NULL,
    taken_at timestamptz,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT gate_one_answer_a_day EXCLUDE USING gist (
        unit_id WITH =, model WITH =, valid WITH &&
    ) WHERE (taken_at IS NULL),
    CONSTRAINT gate_valid_some_day CHECK (NOT isempty(valid) AND NOT lower_inf(valid)),
    CONSTRAINT gate_model_known CHECK (model IN ('combined', 'no_writing', 'home')),
    CONSTRAINT gate_mode_known CHECK (mode IN ('off', 'warning', 'blocking'))
);
CREATE TRIGGER competence_gates_close BEFORE UPDATE ON competence_gates FOR EACH ROW EXECUTE FUNCTION only_closes();
CREATE TRIGGER competence_gates_touch BEFORE UPDATE ON competence_gates FOR EACH ROW EXECUTE FUNCTION touch();
GRANT SELECT ON competence_gates TO tannha_app, tannha_province;
GRANT SELECT, INSERT, UPDATE (valid, taken_at) ON competence_gates TO tannha_service;

CREATE TABLE passwords (
    person_id uuid PRIMARY KEY REFERENCES people (id),
    account text NOT NULL,
    hash text NOT NULL,
    set_at timestamptz NOT NULL,
    CONSTRAINT account_of_one_person UNIQUE (account),
    CONSTRAINT account_is_plain CHECK (account ~ '^[a-z0-9][a-z0-9._-]{1,39}$'),
    CONSTRAINT password_is_argon2id CHECK (hash LIKE '$argon2id$%')
);
GRANT SELECT, INSERT, UPDATE (account, hash, set_at) ON passwords TO tannha_service;

-- Counted before the password is looked at, so that many guesses at once are all counted. The key is a keyed hash of
-- account and place; no address lies here.
CREATE TABLE sign_in_attempts (
    key bytea PRIMARY KEY,
    failures integer NOT NULL,
    last_at timestamptz NOT NULL,
    succeeded_at timestamptz,
    CONSTRAINT attempt_failures_count CHECK (failures >= 0),
    CONSTRAINT attempt_key_is_a_hash CHECK (octet_length(key) = 32)
);
CREATE INDEX sign_in_attempts_old ON sign_in_attempts (last_at);
GRANT SELECT, INSERT, UPDATE (failures, last_at, succeeded_at), DELETE ON sign_in_attempts TO tannha_service;

-- A browser at a desk. Only the hash of its cookie lies here.
CREATE TABLE desk_sessions (
    hash bytea PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES people (id),
    opened_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    revoked_at timestamptz,
    revoked_because text,
    CONSTRAINT session_hash_is_a_hash CHECK (octet_length(hash) = 32),
    CONSTRAINT revoked_session_says_why CHECK ((revoked_at IS NULL) = (revoked_because IS NULL))
);
CREATE INDEX desk_sessions_of_person ON desk_sessions (person_id) WHERE revoked_at IS NULL;
GRANT SELECT, INSERT, UPDATE (seen_at, revoked_at, revoked_because), DELETE ON desk_sessions TO tannha_service;

-- A phone with its own key. The row is the lock of everything the phone sends.
CREATE TABLE devices (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES people (id),
    unit_id uuid NOT NULL REFERENCES units (id),
    public_key bytea NOT NULL,
    thumbprint bytea NOT NULL,
    enrolled_at timestamptz NOT NULL,
    enrolled_by uuid NOT NULL REFERENCES people (id),
    revoked_at timestamptz,
    revoked_by uuid REFERENCES people (id),
    lost_at timestamptz,
    lost_by uuid REFERENCES people (id),
    next_seq bigint NOT NULL DEFAULT 1,
    last_hash bytea,
    last_contact_at timestamptz,
    health jsonb,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT key_of_one_device UNIQUE (thumbprint),
    CONSTRAINT device_key_is_a_point CHECK (octet_length(public_key) = 65 AND get_byte(public_key, 0) = 4),
    CONSTRAINT device_thumbprint_is_a_hash CHECK (octet_length(thumbprint) = 32),
    CONSTRAINT device_last_hash_is_a_hash CHECK (octet_length(last_hash) = 32),
    CONSTRAINT device_seq_counts CHECK (next_seq > 0),
    CONSTRAINT revoked_device_names_who CHECK ((revoked_at IS NULL) = (revoked_by IS NULL)),
    CONSTRAINT lost_device_names_who CHECK ((lost_at IS NULL) = (lost_by IS NULL)),
    CONSTRAINT lost_device_is_revoked CHECK (lost_at IS NULL OR revoked_at IS NOT NULL)
);
CREATE INDEX devices_of_person ON devices (person_id);
CREATE INDEX devices_of_unit ON devices (unit_id);
CREATE INDEX devices_changed ON devices (changed);
CREATE TRIGGER devices_touch BEFORE UPDATE ON devices FOR EACH ROW EXECUTE FUNCTION touch();
GRANT SELECT ON devices TO tannha_app, tannha_province;
GRANT SELECT, INSERT ON devices TO tannha_service;
GRANT UPDATE (
    revoked_at, revoked_by, lost_at, lost_by, next_seq, last_hash, last_contact_at, health
) ON devices TO tannha_service;

-- A phone signed in. The refresh token is computed from id and n, so no secret lies here and a lost answer can be
-- given again.
CREATE TABLE device_sessions (
    id uuid PRIMARY KEY,
    device_id uuid NOT NULL REFERENCES devices (id),
    person_id uuid NOT NULL REFERENCES people (id),
    opened_at timestamptz NOT NULL,
    n integer NOT NULL DEFAULT 0,
    refreshed_at timestamptz NOT NULL,
    revoked_at timestamptz,
    revoked_because text,
    CONSTRAINT refresh_counts CHECK (n >= 0),
    CONSTRAINT revoked_device_session_says_why CHECK ((revoked_at IS NULL) = (revoked_because IS NULL))
);
CREATE INDEX device_sessions_of_device ON device_sessions (device_id) WHERE revoked_at IS NULL;
GRANT SELECT, INSERT, UPDATE (n, refreshed_at, revoked_at, revoked_because), DELETE ON device_sessions TO tannha_service;

-- One-time codes to enrol a phone. Only the hash lies here.
CREATE TABLE enrolment_codes (
    hash bytea PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES people (id),
    unit_id uuid NOT NULL REFERENCES units (id),
    made_by uuid NOT NULL REFERENCES people (id),
    made_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    device_id uuid REFERENCES devices (id),
    session_id uuid REFERENCES device_sessions (id),
    CONSTRAINT enrolment_code_is_a_hash CHECK (octet_length(hash) = 32),
    CONSTRAINT used_code_names_its_device CHECK ((device_id IS NULL) = (session_id IS NULL))
);
CREATE INDEX enrolment_codes_old ON enrolment_codes (expires_at);
GRANT SELECT, INSERT, UPDATE (device_id, session_id), DELETE ON enrolment_codes TO tannha_service;

-- Something a person must look at: a refresh token shown by another key than the phone's.
CREATE TABLE security_alarms (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    device_id uuid NOT NULL REFERENCES devices (id),
    session_id uuid,
    raised_at timestamptz NOT NULL,
    cleared_at timestamptz,
    cleared_by uuid REFERENCES people (id),
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT alarm_known CHECK (kind IN ('refresh_from_another_key')),
    CONSTRAINT alarm_is_open_or_cleared CHECK ((cleared_at IS NULL) = (cleared_by IS NULL))
);
CREATE INDEX security_alarms_open ON security_alarms (raised_at) WHERE cleared_at IS NULL;
CREATE INDEX security_alarms_changed ON security_alarms (changed);
CREATE TRIGGER security_alarms_touch BEFORE UPDATE ON security_alarms FOR EACH ROW EXECUTE FUNCTION touch();
GRANT SELECT ON security_alarms TO tannha_app, tannha_province;
GRANT SELECT, INSERT, UPDATE (cleared_at, cleared_by) ON security_alarms TO tannha_service;
