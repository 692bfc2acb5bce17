-- What the post asks the agency about a case (rows 30, 31): asked until somebody of the agency answers. The words are
-- personal: they are blanked when the case is erased.

CREATE TABLE questions (
    case_id uuid NOT NULL REFERENCES cases (case_id),
    question_id uuid NOT NULL,
    state text NOT NULL,
    question text,
    asked_by uuid NOT NULL,
    asked_at timestamptz NOT NULL,
    answer text,
    answered_by uuid,
    answered_at timestamptz,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (case_id, question_id),
    CONSTRAINT question_is_asked_or_answered_by_somebody CHECK (
        num_nonnulls(answered_by, answered_at) = CASE state WHEN 'asked' THEN 0 WHEN 'answered' THEN 2 END
    ),
    CONSTRAINT question_answer_is_of_an_answered_one CHECK (answer IS NULL OR state = 'answered')
);
CREATE INDEX questions_asked ON questions (asked_at) WHERE state = 'asked';
CREATE TRIGGER questions_touch BEFORE UPDATE ON questions FOR EACH ROW EXECUTE FUNCTION touch();

GRANT SELECT, INSERT ON questions TO tannha_service;
GRANT UPDATE (state, question, answer, answered_by, answered_at) ON questions TO tannha_service;
GRANT SELECT (
    case_id, question_id, state, question, asked_by, asked_at, answer, answered_by, answered_at
) ON questions TO tannha_app, tannha_province;

ALTER TABLE questions ENABLE ROW LEVEL SECURITY;
ALTER TABLE questions FORCE ROW LEVEL SECURITY;
CREATE POLICY questions_service ON questions TO tannha_service USING (true) WITH CHECK (true);
CREATE POLICY questions_province ON questions FOR SELECT TO tannha_province USING (true);
CREATE POLICY questions_own ON questions FOR SELECT TO tannha_app USING (
    EXISTS (
        SELECT FROM case_units AS cu
        WHERE cu.case_id = questions.case_id AND cu.unit_id = ANY((SELECT units_in_reach())::uuid [])
    )
);
