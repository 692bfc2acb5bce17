-- The inbox, the acts that took effect, their chains, and what hangs directly on them.
-- Acts know no kinds: this file would be the same for another trade.

CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.changed := pg_current_xact_id();
    RETURN NEW;
END
$$;

CREATE TABLE installation (
    id boolean PRIMARY KEY DEFAULT true,
    epoch uuid NOT NULL DEFAULT gen_random_uuid(),
    restored_at timestamptz,
    demo boolean NOT NULL DEFAULT false,
    CONSTRAINT installation_is_one CHECK (id)
);
INSERT INTO installation DEFAULT VALUES;
GRANT SELECT ON installation TO tannha_app, tannha_service, tannha_province;
GRANT UPDATE (demo) ON installation TO tannha_service;

-- A subject is what a chain belongs to; its row is the lock and the head of the chain.
CREATE TABLE subjects (
    kind text NOT NULL,
    id uuid NOT NULL,
    n integer NOT NULL DEFAULT 0,
    head bytea NOT NULL,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (id, kind),
    CONSTRAINT subject_kind_known CHECK (
        kind IN ('case', 'shift', 'device', 'person', 'procedure', 'unit', 'plan', 'bag', 'incident')
    ),
    CONSTRAINT subject_head_is_a_hash CHECK (octet_length(head) = 32),
    CONSTRAINT subject_n_counts CHECK (n >= 0)
);
CREATE TRIGGER subjects_touch BEFORE UPDATE ON subjects FOR EACH ROW EXECUTE FUNCTION touch();
GRANT SELECT ON subjects TO tannha_province;
GRANT SELECT, INSERT, UPDATE (n, head) ON subjects TO tannha_service;

-- One row per command received, whatever became of it. Only the standing changes. `after_gap`: it ran, or was looked
-- at, although the one numbered before it had not come and was not waited for any more.
CREATE TABLE inbox (
    made_by uuid NOT NULL,
    id uuid NOT NULL,
    source text NOT NULL,
    seq bigint,
    fingerprint bytea NOT NULL,
    data bytea NOT NULL,
    signature bytea,
    carried_by uuid,
    received_at timestamptz NOT NULL,
    kind text,
    subject_kind text,
    subject_id uuid,
    case_id uuid,
    standing text NOT NULL,
    reason text,
    problem jsonb,
    n integer,
    exceptions text [] NOT NULL DEFAULT '{}',
    decided_at timestamptz,
    after_gap boolean NOT NULL DEFAULT false,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (made_by, id),
    CONSTRAINT inbox_source_known CHECK (source IN ('device', 'desk', 'form', 'webhook', 'timer')),
    CONSTRAINT inbox_standing_known CHECK (
        standing IN ('applied', 'held', 'behind', 'review', 'set_aside', 'refused')
    ),
    CONSTRAINT inbox_fingerprint_is_a_hash CHECK (fingerprint = sha256(data)),
    CONSTRAINT inbox_device_acts_are_numbered CHECK (
        source <> 'device' OR standing IN ('review', 'set_aside') OR seq IS NOT NULL
    ),
    CONSTRAINT inbox_gap_is_before_a_number CHECK (NOT after_gap OR coalesce(seq, 0) > 1),
    CONSTRAINT inbox_waiting_has_a_reason CHECK (
        standing NOT IN ('review', 'set_aside', 'refused') OR reason IS NOT NULL
    )
);
CREATE INDEX inbox_waiting ON inbox (made_by, case_id, seq) WHERE standing IN ('held', 'behind', 'review');
CREATE INDEX inbox_waiting_on ON inbox (subject_id) WHERE standing IN ('held', 'behind', 'review');
CREATE INDEX inbox_after_gap ON inbox (case_id) WHERE after_gap;
CREATE INDEX inbox_changed ON inbox (changed);
CREATE TRIGGER inbox_touch BEFORE UPDATE ON inbox FOR EACH ROW EXECUTE FUNCTION touch();
GRANT SELECT, INSERT ON inbox TO tannha_service;
GRANT UPDATE (standing, reason, problem, n, exceptions, decided_at, after_gap) ON inbox TO tannha_service;

-- What took effect: insert-only, chained per subject. `placed` is drawn while an act's locks are held: of two acts that
-- needed the same row, the one decided first has the smaller number, whatever their transactions are numbered.
CREATE TABLE acts (
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    n integer NOT NULL,
    made_by uuid NOT NULL,
    id uuid NOT NULL,
    parent uuid,
    case_id uuid,
    kind text NOT NULL,
    actor uuid NOT NULL,
    rules_made integer NOT NULL,
    rules_judged integer NOT NULL,
    claimed_at timestamptz NOT NULL,
    occurred_at timestamptz NOT NULL,
    clock text NOT NULL,
    recorded_at timestamptz NOT NULL,
    fingerprint bytea NOT NULL,
    outcome text NOT NULL,
    exceptions text [] NOT NULL DEFAULT '{}',
    previous bytea NOT NULL,
    hash bytea NOT NULL,
    placed bigint GENERATED ALWAYS AS IDENTITY,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (subject_id, subject_kind, n),
    CONSTRAINT act_takes_effect_once UNIQUE (made_by, id),
    CONSTRAINT act_n_counts CHECK (n > 0),
    CONSTRAINT act_clock_known CHECK (clock IN ('corrected', 'bounded', 'receipt', 'server', 'paper')),
    CONSTRAINT act_of_a_subject FOREIGN KEY (subject_id, subject_kind) REFERENCES subjects (id, kind)
);
CREATE INDEX acts_changed ON acts (changed);
GRANT SELECT ON acts TO tannha_app, tannha_province;
GRANT SELECT, INSERT ON acts TO tannha_service;

-- The personal part of an act, sealed under its subject's data key. Destroying the key erases it.
CREATE TABLE data_keys (
    id uuid PRIMARY KEY,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    wrapped bytea,
    made_at timestamptz NOT NULL,
    destroyed_at timestamptz,
    CONSTRAINT data_key_of_one_subject UNIQUE (subject_id, subject_kind),
    CONSTRAINT data_key_is_whole_or_destroyed CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
);
GRANT SELECT, INSERT, UPDATE (wrapped, destroyed_at) ON data_keys TO tannha_service;

CREATE TABLE personal (
    made_by uuid NOT NULL,
    act_id uuid NOT NULL,
    case_id uuid,
    key_id uuid NOT NULL REFERENCES data_keys (id),
    sealed bytea NOT NULL,
    PRIMARY KEY (made_by, act_id),
    CONSTRAINT personal_of_an_act FOREIGN KEY (made_by, act_id) REFERENCES inbox (made_by, id)
);
GRANT SELECT ON personal TO tannha_app, tannha_province;
GRANT SELECT, INSERT ON personal TO tannha_service;

-- A fact that the rule table would have refused: it stands, and a named person clears it.
CREATE TABLE exceptions (
    case_id uuid NOT NULL,
    exception_id uuid NOT NULL,
    made_by uuid NOT NULL,
    act_id uuid NOT NULL,
    machine text NOT NULL,
    state text NOT NULL,
    reason text NOT NULL,
    opened_at timestamptz NOT NULL,
    cleared_at timestamptz,
    cleared_by uuid,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (case_id, exception_id),
    CONSTRAINT exception_is_open_or_cleared CHECK ((cleared_at IS NULL) = (cleared_by IS NULL))
);
CREATE INDEX exceptions_open ON exceptions (case_id) WHERE cleared_at IS NULL;
CREATE INDEX exceptions_changed ON exceptions (changed);
CREATE TRIGGER exceptions_touch BEFORE UPDATE ON exceptions FOR EACH ROW EXECUTE FUNCTION touch();
GRANT SELECT ON exceptions TO tannha_app, tannha_province;
GRANT SELECT, INSERT, UPDATE (cleared_at, cleared_by) ON exceptions TO tannha_service;

-- Who last changed which field of a subject, to tell a conflict from a sequence. The value is a keyed hash.
CREATE TABLE touches (
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    field text NOT NULL,
    n integer NOT NULL,
    made_by uuid NOT NULL,
    value bytea NOT NULL,
    PRIMARY KEY (subject_id, subject_kind, field, n)
);
GRANT SELECT, INSERT ON touches TO tannha_service;

-- A signed Merkle root over all chain heads.
CREATE TABLE checkpoints (
    size bigint NOT NULL,
    made_at timestamptz NOT NULL,
    root bytea NOT NULL,
    note bytea NOT NULL,
    PRIMARY KEY (made_at)
);
GRANT SELECT ON checkpoints TO tannha_province;
GRANT SELECT, INSERT ON checkpoints TO tannha_service;

-- Followers of the feed (notices, checkpoints, webhooks) keep their cursor here.
CREATE TABLE followers (
    name text PRIMARY KEY,
    cursor xid8 NOT NULL,
    epoch uuid NOT NULL,
    moved_at timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON followers TO tannha_service;
