-- What the province urges a unit about, on a case, until which day, and what the unit answers (row 41, F28). The words
-- are personal: they are blanked when the case is erased.

CREATE TABLE urgings (
    case_id uuid NOT NULL REFERENCES cases (case_id),
    urging_id uuid NOT NULL,
    unit_id uuid NOT NULL REFERENCES units (id),
    state text NOT NULL,
    words text,
    answer_by date NOT NULL,
    urged_by uuid NOT NULL REFERENCES people (id),
    urged_at timestamptz NOT NULL,
    answer text,
    answered_by uuid REFERENCES people (id),
    answered_at timestamptz,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (case_id, urging_id),
    CONSTRAINT urging_is_urged_or_answered_by_somebody CHECK (
        num_nonnulls(answered_by, answered_at) = CASE state WHEN 'urged' THEN 0 WHEN 'answered' THEN 2 END
    ),
    CONSTRAINT urging_answer_is_of_an_answered_one CHECK (answer IS NULL OR state = 'answered')
);
CREATE INDEX urgings_open ON urgings (answer_by) WHERE state = 'urged';
CREATE INDEX urgings_answered ON urgings (answered_at) WHERE state = 'answered';
CREATE TRIGGER urgings_touch BEFORE UPDATE ON urgings FOR EACH ROW EXECUTE FUNCTION touch();

GRANT SELECT, INSERT ON urgings TO tannha_service;
GRANT UPDATE (state, words, answer, answered_by, answered_at) ON urgings TO tannha_service;
GRANT SELECT (
    case_id, urging_id, unit_id, state, words, answer_by, urged_by, urged_at, answer, answered_by, answered_at
) ON urgings TO tannha_app, tannha_province;

ALTER TABLE urgings ENABLE ROW LEVEL SECURITY;
ALTER TABLE urgings FORCE ROW LEVEL SECURITY;
CREATE POLICY urgings_service ON urgings TO tannha_service USING (true) WITH CHECK (true);
CREATE POLICY urgings_province ON urgings FOR SELECT TO tannha_province USING (true);
CREATE POLICY urgings_own ON urgings FOR SELECT TO tannha_app USING (
    EXISTS (
        SELECT FROM case_units AS cu
        WHERE cu.case_id = urgings.case_id AND cu.unit_id = ANY((SELECT units_in_reach())::uuid [])
    )
);
