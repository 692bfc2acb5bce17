-- The paper fall-back (F11): a line of the run sheet typed in by one person and confirmed by another. What it tells
-- stands in the acts, as the courier's; here is which line, whose picture, and who typed and confirmed.
CREATE TABLE run_sheet_lines (
    case_id uuid NOT NULL REFERENCES cases (case_id),
    line_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    courier uuid NOT NULL REFERENCES people (id),
    tells text NOT NULL,
    written_at timestamptz NOT NULL,
    picture_sha256 bytea NOT NULL,
    state text NOT NULL,
    typed_by uuid NOT NULL REFERENCES people (id),
    typed_at timestamptz NOT NULL,
    rekeyed_by uuid NOT NULL,
    decided_by uuid REFERENCES people (id),
    decided_at timestamptz,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (case_id, line_id),
    CONSTRAINT run_sheet_line_tells_words CHECK (tells ~ '^([a-z_]+(:[a-z0-9_.-]+)?( |$))*$'),
    CONSTRAINT run_sheet_line_has_a_picture CHECK (octet_length(picture_sha256) = 32),
    CONSTRAINT run_sheet_line_state_known CHECK (state IN ('typed', 'confirmed', 'set_aside')),
    CONSTRAINT run_sheet_line_decided_by_somebody CHECK (
        num_nonnulls(decided_by, decided_at) = CASE state WHEN 'typed' THEN 0 ELSE 2 END
    ),
    CONSTRAINT run_sheet_line_confirmed_by_another CHECK (state <> 'confirmed' OR decided_by <> typed_by)
);
CREATE INDEX run_sheet_lines_waiting ON run_sheet_lines (typed_at) WHERE state = 'typed';
CREATE TRIGGER run_sheet_lines_touch BEFORE UPDATE ON run_sheet_lines FOR EACH ROW EXECUTE FUNCTION touch();

GRANT SELECT, INSERT, UPDATE ON run_sheet_lines TO tannha_service;
GRANT SELECT ON run_sheet_lines TO tannha_app, tannha_province;
ALTER TABLE run_sheet_lines ENABLE ROW LEVEL SECURITY;
ALTER TABLE run_sheet_lines FORCE ROW LEVEL SECURITY;
CREATE POLICY run_sheet_lines_service ON run_sheet_lines TO tannha_service USING (true) WITH CHECK (true);
CREATE POLICY run_sheet_lines_province ON run_sheet_lines FOR SELECT TO tannha_province USING (true);
CREATE POLICY run_sheet_lines_own ON run_sheet_lines FOR SELECT TO tannha_app USING (
    EXISTS (
        SELECT FROM case_units AS cu
        WHERE cu.case_id = run_sheet_lines.case_id AND cu.unit_id = ANY((SELECT units_in_reach())::uuid [])
    )
);

-- What a courier did on paper comes from no phone and from no desk.
-- squawk-ignore ban-drop-constraint
ALTER TABLE inbox DROP CONSTRAINT inbox_source_known;
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE inbox ADD CONSTRAINT inbox_source_known
CHECK (source IN ('device', 'desk', 'form', 'webhook', 'timer', 'paper'));

-- Slips are numbered on phones and on run sheets: a block is a phone's, or a courier's, whose sheet has its numbers.
-- squawk-ignore renaming-column
ALTER TABLE slip_blocks RENAME COLUMN device_id TO maker;
-- squawk-ignore ban-drop-constraint
ALTER TABLE slip_blocks DROP CONSTRAINT slip_blocks_device_id_fkey;
-- squawk-ignore require-concurrent-index-deletion
DROP INDEX slip_blocks_of_device;
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX slip_blocks_of_maker ON slip_blocks (maker);
