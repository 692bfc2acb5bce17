-- An incident (sự cố): what went wrong, what it touches, who answers for it and how it ended (F10). Place and note are
-- personal: they are blanked when a case it touches is erased.

CREATE TABLE incidents (
    incident_id uuid PRIMARY KEY,
    cause text NOT NULL,
    state text NOT NULL,
    unit_id uuid NOT NULL REFERENCES units (id),
    reported_unit uuid NOT NULL REFERENCES units (id),
    happened_at timestamptz NOT NULL,
    reported_at timestamptz NOT NULL,
    reported_by uuid NOT NULL,
    last_holder_kind text,
    last_holder uuid,
    last_hand_over uuid,
    amount bigint,
    people uuid [] NOT NULL,
    photographs text [] NOT NULL,
    place text,
    note text,
    found_by uuid,
    taken_on_by uuid,
    taken_on_at timestamptz,
    ended_by uuid,
    ended_at timestamptz,
    helped_by uuid REFERENCES units (id),
    paid_by text,
    postage bigint,
    compensation bigint,
    reopened_because text,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT incident_last_holder_is_whole CHECK (num_nonnulls(last_holder_kind, last_holder) <> 1),
    CONSTRAINT incident_last_holder_known CHECK (last_holder_kind IN ('citizen', 'courier', 'unit', 'bag')),
    CONSTRAINT incident_ended_by_somebody CHECK (
        num_nonnulls(ended_by, ended_at) = CASE WHEN state IN ('reported', 'being_handled') THEN 0 ELSE 2 END
    ),
    CONSTRAINT incident_replaced_with_help CHECK (
        num_nonnulls(helped_by, paid_by) = CASE state WHEN 'replaced' THEN 2 ELSE 0 END
    ),
    CONSTRAINT incident_compensated_with_money CHECK (
        num_nonnulls(postage, compensation) = CASE state WHEN 'compensated' THEN 2 ELSE 0 END
    ),
    CONSTRAINT incident_money_is_not_negative CHECK (amount >= 0 AND postage >= 0 AND compensation >= 0)
);
CREATE INDEX incidents_open ON incidents (unit_id, reported_at) WHERE ended_at IS NULL;
CREATE INDEX incidents_reported ON incidents (reported_unit, reported_at);
CREATE TRIGGER incidents_touch BEFORE UPDATE ON incidents FOR EACH ROW EXECUTE FUNCTION touch();

-- What it touches: the case itself, a paper, a parcel. Open as long as the incident is.
CREATE TABLE incident_things (
    case_id uuid NOT NULL REFERENCES cases (case_id),
    incident_id uuid NOT NULL REFERENCES incidents (incident_id),
    kind text NOT NULL,
    thing_id uuid NOT NULL,
    open boolean NOT NULL,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (case_id, incident_id, kind, thing_id),
    CONSTRAINT incident_thing_known CHECK (kind IN ('case', 'paper', 'parcel'))
);
CREATE INDEX incident_things_of_incident ON incident_things (incident_id);
CREATE INDEX incident_things_open ON incident_things (case_id) WHERE open;
CREATE TRIGGER incident_things_touch BEFORE UPDATE ON incident_things FOR EACH ROW EXECUTE FUNCTION touch();

-- What the post owes at least for papers lost or damaged: so many times the postage, and the postage back. Dated.
CREATE TABLE compensation_rules (
    valid daterange NOT NULL,
    times integer NOT NULL,
    refunds_postage boolean NOT NULL,
    source text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT compensation_rule_of_a_day EXCLUDE USING gist (valid WITH &&),
    CONSTRAINT compensation_is_something CHECK (times > 0)
);
INSERT INTO compensation_rules (valid, times, refunds_postage, source)
VALUES (daterange('2011-08-15', NULL), 4, true, 'Nghị định 47/2011/NĐ-CP');

GRANT SELECT, INSERT, UPDATE ON incidents, incident_things TO tannha_service;
GRANT SELECT ON compensation_rules TO tannha_service, tannha_app, tannha_province;
GRANT SELECT ON incidents, incident_things TO tannha_app, tannha_province;

ALTER TABLE incidents ENABLE ROW LEVEL SECURITY;
ALTER TABLE incidents FORCE ROW LEVEL SECURITY;
CREATE POLICY incidents_service ON incidents TO tannha_service USING (true) WITH CHECK (true);
CREATE POLICY incidents_province ON incidents FOR SELECT TO tannha_province USING (true);
CREATE POLICY incidents_own ON incidents FOR SELECT TO tannha_app USING (
    unit_id = ANY((SELECT units_in_reach())::uuid [])
    OR reported_unit = ANY((SELECT units_in_reach())::uuid [])
    OR EXISTS (
        SELECT FROM incident_things AS t
        INNER JOIN case_units AS cu ON t.case_id = cu.case_id
        WHERE t.incident_id = incidents.incident_id AND cu.unit_id = ANY((SELECT units_in_reach())::uuid [])
    )
);

ALTER TABLE incident_things ENABLE ROW LEVEL SECURITY;
ALTER TABLE incident_things FORCE ROW LEVEL SECURITY;
CREATE POLICY incident_things_service ON incident_things TO tannha_service USING (true) WITH CHECK (true);
CREATE POLICY incident_things_province ON incident_things FOR SELECT TO tannha_province USING (true);
CREATE POLICY incident_things_own ON incident_things FOR SELECT TO tannha_app USING (
    EXISTS (
        SELECT FROM case_units AS cu
        WHERE cu.case_id = incident_things.case_id AND cu.unit_id = ANY((SELECT units_in_reach())::uuid [])
    )
);
