-- Honesty of visits (F12). Each check of a courier's code is kept: when, by whom where it was asked at a desk, and whose
-- code it was; nothing that was typed, and nothing of a stranger who asked.
CREATE TABLE courier_checks (
    check_id uuid PRIMARY KEY,
    at timestamptz NOT NULL,
    asked_by uuid REFERENCES people (id),
    courier uuid REFERENCES people (id)
);
CREATE INDEX courier_checks_by_time ON courier_checks (at);
GRANT SELECT, INSERT ON courier_checks TO tannha_service;

-- A badge as it is read aloud at a gate.
CREATE INDEX people_by_badge_said ON people (translate(badge, '.-', ''));

-- How sure it is that a visit at a home took place, for each case of it: what speaks for it and against it, and the grade
-- given when it ended. Positions stay sealed with the acts; only how far from the house leaves.
CREATE TABLE presence (
    case_id uuid NOT NULL REFERENCES cases (case_id),
    visit_id uuid NOT NULL REFERENCES visits (visit_id),
    card boolean NOT NULL,
    word text NOT NULL,
    distance text NOT NULL,
    gate boolean NOT NULL,
    calls integer NOT NULL,
    first_call_at timestamptz,
    last_call_at timestamptz,
    evidence text NOT NULL,
    why_not text,
    courier uuid,
    purpose text,
    outcome text,
    reason text,
    lasted integer,
    floor integer,
    jump boolean NOT NULL,
    grade text,
    doubts text NOT NULL,
    ended_at timestamptz,
    graded_at timestamptz,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (case_id, visit_id),
    CONSTRAINT presence_word_known CHECK (word IN ('none', 'right', 'wrong')),
    CONSTRAINT presence_distance_known CHECK (distance IN ('unknown', 'at_house', 'near', 'far')),
    CONSTRAINT presence_grade_known CHECK (grade IN ('green', 'amber', 'red')),
    CONSTRAINT presence_calls_count CHECK (calls >= 0 AND (calls = 0) = (first_call_at IS NULL)),
    CONSTRAINT presence_graded_when_it_ended CHECK (
        num_nulls(grade, courier, purpose, outcome, floor, ended_at, graded_at) IN (0, 7)
    )
);
CREATE INDEX presence_sure ON presence (
    (CASE outcome WHEN 'failed' THEN 'failed' ELSE purpose END), graded_at
) WHERE grade = 'green' AND lasted IS NOT NULL;
CREATE INDEX presence_of_courier ON presence (courier, ended_at);
CREATE INDEX presence_ended ON presence (ended_at);
CREATE TRIGGER presence_touch BEFORE UPDATE ON presence FOR EACH ROW EXECUTE FUNCTION touch();

-- Where a house is on the map, if anybody said. Personal: blanked when the case is erased.
CREATE TABLE house_marks (
    case_id uuid PRIMARY KEY REFERENCES cases (case_id),
    lat double precision,
    lon double precision,
    CONSTRAINT house_mark_is_on_the_map CHECK (lat BETWEEN -90 AND 90 AND lon BETWEEN -180 AND 180),
    CONSTRAINT house_mark_is_whole CHECK ((lat IS NULL) = (lon IS NULL))
);

GRANT SELECT, INSERT, UPDATE ON presence, house_marks TO tannha_service;
GRANT SELECT ON presence TO tannha_app, tannha_province;

ALTER TABLE presence ENABLE ROW LEVEL SECURITY;
ALTER TABLE presence FORCE ROW LEVEL SECURITY;
CREATE POLICY presence_service ON presence TO tannha_service USING (true) WITH CHECK (true);
CREATE POLICY presence_province ON presence FOR SELECT TO tannha_province USING (true);
CREATE POLICY presence_own ON presence FOR SELECT TO tannha_app USING (
    EXISTS (
        SELECT FROM case_units AS cu
        WHERE cu.case_id = presence.case_id AND cu.unit_id = ANY((SELECT units_in_reach())::uuid [])
    )
);
ALTER TABLE house_marks ENABLE ROW LEVEL SECURITY;
ALTER TABLE house_marks FORCE ROW LEVEL SECURITY;
CREATE POLICY house_marks_service ON house_marks TO tannha_service USING (true) WITH CHECK (true);

-- Call-backs (phúc tra): visits about which somebody else asks the citizen, and what came of it. What was said is in the
-- sealed part of the act.
CREATE TABLE call_backs (
    case_id uuid NOT NULL REFERENCES cases (case_id),
    call_back_id uuid NOT NULL,
    visit_id uuid NOT NULL REFERENCES visits (visit_id),
    causes text NOT NULL,
    courier uuid NOT NULL,
    arranged_by uuid [] NOT NULL,
    state text NOT NULL,
    listed_at timestamptz NOT NULL,
    tries integer NOT NULL,
    answered_by uuid,
    answered_at timestamptz,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (case_id, call_back_id),
    CONSTRAINT call_back_once_per_visit UNIQUE (case_id, visit_id),
    CONSTRAINT call_back_causes_known CHECK (
        causes ~ '^(red|failure|fee|transfer|random)( (failure|fee|transfer|random))*$'
    ),
    CONSTRAINT call_back_answered_by_somebody CHECK (
        num_nonnulls(answered_by, answered_at) = CASE state WHEN 'listed' THEN 0 ELSE 2 END
    ),
    CONSTRAINT call_back_tries_count CHECK (tries >= 0 AND (tries = 0) = (answered_at IS NULL))
);
CREATE INDEX call_backs_waiting ON call_backs (listed_at) WHERE state IN ('listed', 'unreachable', 'disagrees');
CREATE INDEX call_backs_of_courier ON call_backs (courier, listed_at);
CREATE TRIGGER call_backs_touch BEFORE UPDATE ON call_backs FOR EACH ROW EXECUTE FUNCTION touch();

-- The lot of each day: made when the day is over, kept so that anybody can draw again.
CREATE TABLE call_back_draws (
    day date PRIMARY KEY,
    seed bytea NOT NULL,
    per_mille integer NOT NULL,
    drawn_at timestamptz NOT NULL,
    looked_at timestamptz,
    CONSTRAINT call_back_seed_is_a_hash CHECK (octet_length(seed) = 32),
    CONSTRAINT call_back_share_is_one CHECK (per_mille BETWEEN 0 AND 1000)
);

GRANT SELECT, INSERT ON call_backs TO tannha_service;
GRANT UPDATE (state, tries, answered_by, answered_at) ON call_backs TO tannha_service;
GRANT SELECT ON call_backs TO tannha_app, tannha_province;
GRANT SELECT, INSERT, UPDATE (looked_at) ON call_back_draws TO tannha_service;

ALTER TABLE call_backs ENABLE ROW LEVEL SECURITY;
ALTER TABLE call_backs FORCE ROW LEVEL SECURITY;
CREATE POLICY call_backs_service ON call_backs TO tannha_service USING (true) WITH CHECK (true);
CREATE POLICY call_backs_province ON call_backs FOR SELECT TO tannha_province USING (true);
CREATE POLICY call_backs_own ON call_backs FOR SELECT TO tannha_app USING (
    EXISTS (
        SELECT FROM case_units AS cu
        WHERE cu.case_id = call_backs.case_id AND cu.unit_id = ANY((SELECT units_in_reach())::uuid [])
    )
);
