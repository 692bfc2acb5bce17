-- Messages that follow the feed, how a citizen wants to be told, and what a person must still tell.

CREATE TABLE contacts (
    case_id uuid PRIMARY KEY REFERENCES cases (case_id),
    email text,
    tell_by text,
    shared_phone boolean NOT NULL DEFAULT false,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT contact_way_known CHECK (tell_by IN ('zalo', 'sms', 'email', 'call', 'paper'))
);
CREATE TRIGGER contacts_touch BEFORE UPDATE ON contacts FOR EACH ROW EXECUTE FUNCTION touch();

-- A duty to tell the citizen (F03): open until a person records how, or events overtake it.
CREATE TABLE duties (
    case_id uuid NOT NULL REFERENCES cases (case_id),
    duty_id uuid NOT NULL,
    template text NOT NULL,
    about uuid,
    state text NOT NULL,
    opened_at timestamptz NOT NULL,
    told_at timestamptz,
    told_by uuid,
    how text,
    told_whom text,
    dropped_because text,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (case_id, duty_id),
    CONSTRAINT duty_is_told_by_somebody_somehow CHECK (
        num_nonnulls(told_at, told_by, how, told_whom) IN (0, 4)
    )
);
CREATE INDEX duties_open ON duties (case_id) WHERE state = 'open';
CREATE TRIGGER duties_touch BEFORE UPDATE ON duties FOR EACH ROW EXECUTE FUNCTION touch();

-- One row per act and template: decided once, whatever becomes of it. To whom it went and what it said is sealed under
-- the data key of the case, and blanked with it.
CREATE TABLE notices (
    case_id uuid NOT NULL REFERENCES cases (case_id),
    notice_id uuid NOT NULL,
    made_by uuid NOT NULL,
    act_id uuid NOT NULL,
    n integer NOT NULL,
    template text NOT NULL,
    visit_id uuid,
    state text NOT NULL,
    reason text,
    channel text,
    duty_due boolean NOT NULL DEFAULT false,
    occurred_at timestamptz NOT NULL,
    decided_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    next_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    tries integer NOT NULL DEFAULT 0,
    sent_at timestamptz,
    sealed bytea,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (case_id, notice_id),
    CONSTRAINT notice_once_per_act_and_template UNIQUE (made_by, act_id, template),
    CONSTRAINT notice_state_known CHECK (state IN ('waiting', 'sent', 'failed', 'dropped', 'for_person')),
    CONSTRAINT notice_ended_has_a_reason CHECK (state IN ('waiting', 'sent') OR reason IS NOT NULL),
    CONSTRAINT notice_sent_at_some_time CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
    CONSTRAINT notice_tries_count CHECK (tries >= 0)
);
CREATE INDEX notices_waiting ON notices (next_at) WHERE state = 'waiting';
CREATE INDEX notices_for_a_person ON notices (decided_at) WHERE duty_due;
CREATE INDEX notices_sent ON notices (sent_at DESC) WHERE state = 'sent';
CREATE INDEX notices_failed ON notices (case_id) WHERE state = 'failed';
CREATE INDEX notices_of_visit ON notices (visit_id, template);
CREATE TRIGGER notices_touch BEFORE UPDATE ON notices FOR EACH ROW EXECUTE FUNCTION touch();

GRANT SELECT, INSERT, UPDATE ON contacts, duties TO tannha_service;
GRANT SELECT, INSERT ON notices TO tannha_service;
GRANT UPDATE (state, reason, channel, duty_due, next_at, tries, sent_at, sealed) ON notices TO tannha_service;
GRANT SELECT ON contacts, duties TO tannha_app, tannha_province;
GRANT SELECT (
    case_id, notice_id, template, state, reason, channel, occurred_at, decided_at, due_at, sent_at
) ON notices TO tannha_app, tannha_province;

ALTER TABLE contacts ENABLE ROW LEVEL SECURITY;
ALTER TABLE contacts FORCE ROW LEVEL SECURITY;
CREATE POLICY contacts_service ON contacts TO tannha_service USING (true) WITH CHECK (true);
CREATE POLICY contacts_province ON contacts FOR SELECT TO tannha_province USING (true);
CREATE POLICY contacts_own ON contacts FOR SELECT TO tannha_app USING (
    EXISTS (
        SELECT FROM case_units AS cu
        WHERE cu.case_id = contacts.case_id AND cu.unit_id = ANY((SELECT units_in_reach())::uuid [])
    )
);

ALTER TABLE duties ENABLE ROW LEVEL SECURITY;
ALTER TABLE duties FORCE ROW LEVEL SECURITY;
CREATE POLICY duties_service ON duties TO tannha_service USING (true) WITH CHECK (true);
CREATE POLICY duties_province ON duties FOR SELECT TO tannha_province USING (true);
CREATE POLICY duties_own ON duties FOR SELECT TO tannha_app USING (
    EXISTS (
        SELECT FROM case_units AS cu
        WHERE cu.case_id = duties.case_id AND cu.unit_id = ANY((SELECT units_in_reach())::uuid [])
    )
);

ALTER TABLE notices ENABLE ROW LEVEL SECURITY;
ALTER TABLE notices FORCE ROW LEVEL SECURITY;
CREATE POLICY notices_service ON notices TO tannha_service USING (true) WITH CHECK (true);
CREATE POLICY notices_province ON notices FOR SELECT TO tannha_province USING (true);
CREATE POLICY notices_own ON notices FOR SELECT TO tannha_app USING (
    EXISTS (
        SELECT FROM case_units AS cu
        WHERE cu.case_id = notices.case_id AND cu.unit_id = ANY((SELECT units_in_reach())::uuid [])
    )
);
