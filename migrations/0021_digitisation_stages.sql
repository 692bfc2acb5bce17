-- Which stage of making a dossier digital the post does, and which the office (requirement row 5): said for a post and,
-- where it differs, for one procedure; where nobody has said, as shipped for the province.
-- What is set from a day on closes what was in force, and takes back what was to begin later.
CREATE TABLE digitisation_stages (
    id uuid PRIMARY KEY,
    unit_id uuid REFERENCES units (id),
    procedure text,
    stage text NOT NULL,
    assignee text NOT NULL,
    valid daterange NOT NULL,
    basis text NOT NULL,
    set_by uuid REFERENCES people (id),
    recorded_at timestamptz NOT NULL,
    taken_at timestamptz,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT digitisation_stage_one_answer_a_day EXCLUDE USING gist (
        (coalesce(unit_id, '00000000-0000-0000-0000-000000000000')) WITH =,
        (coalesce(procedure, '')) WITH =,
        stage WITH =,
        valid WITH &&
    ) WHERE (taken_at IS NULL),
    CONSTRAINT digitisation_stage_known CHECK (
        stage IN ('photograph', 'arrange', 'check_quality', 'assemble', 'cross_check')
    ),
    CONSTRAINT digitisation_assignee_known CHECK (assignee IN ('post', 'office')),
    CONSTRAINT digitisation_stage_valid_some_day CHECK (NOT isempty(valid)),
    CONSTRAINT digitisation_stage_set_for_a_post CHECK (num_nulls(unit_id, set_by) IN (0, 2)),
    CONSTRAINT digitisation_stage_of_a_procedure_at_a_post CHECK (procedure IS NULL OR unit_id IS NOT NULL)
);
CREATE TRIGGER digitisation_stages_close BEFORE UPDATE ON digitisation_stages
FOR EACH ROW EXECUTE FUNCTION only_closes();
CREATE TRIGGER digitisation_stages_touch BEFORE UPDATE ON digitisation_stages FOR EACH ROW EXECUTE FUNCTION touch();
GRANT SELECT ON digitisation_stages TO tannha_app, tannha_province;
GRANT SELECT, INSERT, UPDATE (valid, taken_at) ON digitisation_stages TO tannha_service;

INSERT INTO digitisation_stages (id, stage, assignee, valid, basis, recorded_at)
SELECT
    gen_random_uuid(),
    s.stage,
    s.assignee,
    daterange(NULL, NULL),
    'Thông báo kết luận Hội nghị 11/8/2022; Quyết định 468/QĐ-TTg 27/3/2021',
    now()
FROM (
    VALUES ('photograph', 'post'), ('arrange', 'post'), ('check_quality', 'post'), ('assemble', 'post'),
    ('cross_check', 'office')
) AS s (stage, assignee);
