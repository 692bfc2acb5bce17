-- On the spot (F02): a visit that nobody planned, begun where the citizen asked for it.
-- `time_window` of such a visit is the hour in which it began.
ALTER TABLE visits ADD COLUMN unplanned boolean NOT NULL DEFAULT false;

-- A person finds that two cases are one matter: the one that is merged keeps its rows and its chain, and whoever
-- follows it is led to the one that goes on.
ALTER TABLE cases ADD COLUMN merged_into uuid;
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
ALTER TABLE cases ADD CONSTRAINT case_goes_on_in_another FOREIGN KEY (merged_into) REFERENCES cases (case_id);
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE cases ADD CONSTRAINT case_is_not_merged_into_itself CHECK (merged_into <> case_id);
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX cases_merged ON cases (merged_into) WHERE merged_into IS NOT NULL;

-- Who asks twice gives the same name.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX cases_same_name ON cases (owner_folded, procedure);

-- Why the citizen's papers go home, and whether the citizen asked the agency to give them back.
ALTER TABLE cases ADD COLUMN return_cause text NOT NULL DEFAULT 'none';
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE cases ADD CONSTRAINT case_return_cause_known
CHECK (return_cause IN ('none', 'mismatch', 'refused', 'withdrawn', 'cancelled'));
ALTER TABLE cases ADD COLUMN withdrawal_asked boolean NOT NULL DEFAULT false;

-- A result that came back and gave way to another one is not handed over any more.
ALTER TABLE papers ADD COLUMN superseded boolean NOT NULL DEFAULT false;
-- Why a paper's pictures are still to be made, at the post (F10); none: nothing was put off.
ALTER TABLE papers ADD COLUMN picture_deferred text;
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE papers ADD CONSTRAINT paper_picture_deferred_known
CHECK (picture_deferred IN ('rain', 'dark', 'phone', 'other'));

-- What the citizen knew was missing and sent all the same (F14): codes of the catalogue, one a line.
ALTER TABLE case_visits ADD COLUMN missing text;

-- How often, and how far apart, a recipient is invited to the post before a result goes back to the agency (F07).
CREATE TABLE invitation_rules (
    valid_from date,
    valid_until date,
    invitations integer NOT NULL,
    working_days_apart integer NOT NULL,
    basis text NOT NULL,
    CONSTRAINT invitation_rule_counts CHECK (invitations >= 1 AND working_days_apart >= 0),
    CONSTRAINT invitation_rules_apart EXCLUDE USING gist (daterange(valid_from, valid_until) WITH &&)
);
INSERT INTO invitation_rules (valid_from, valid_until, invitations, working_days_apart, basis)
VALUES (NULL, NULL, 2, 2, 'Luật Bưu chính 49/2010/QH12, Điều 17 khoản 1 điểm d');

CREATE TABLE invitations (
    case_id uuid NOT NULL REFERENCES cases (case_id),
    invitation_id uuid NOT NULL,
    day date NOT NULL,
    invited_at timestamptz NOT NULL,
    invited_by uuid NOT NULL REFERENCES people (id),
    how text NOT NULL,
    PRIMARY KEY (case_id, invitation_id),
    CONSTRAINT invitation_how_known CHECK (how IN ('card', 'call', 'message', 'letter', 'in_person'))
);
GRANT SELECT ON invitation_rules, invitations TO tannha_app, tannha_province;
GRANT SELECT ON invitation_rules TO tannha_service;
GRANT SELECT, INSERT, UPDATE ON invitations TO tannha_service;

-- A household pays once for several dossiers (F09): slips of one order, which all have its total.
ALTER TABLE collections ADD COLUMN order_id uuid;
ALTER TABLE collections ADD COLUMN order_total bigint;
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE collections ADD CONSTRAINT collection_of_an_order
CHECK ((order_id IS NULL) = (order_total IS NULL) AND order_total >= total);
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX collections_of_order ON collections (order_id) WHERE order_id IS NOT NULL;

-- An original goes with one dossier of a household and counts as seen for the others (F29).
ALTER TABLE papers ADD COLUMN goes_with uuid;
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
ALTER TABLE papers ADD CONSTRAINT paper_goes_with_a_case FOREIGN KEY (goes_with) REFERENCES cases (case_id);
