-- Every search by the look-up number of a citizen's card keeps who made it and why (F13). What was typed is not kept.
CREATE TABLE card_look_ups (
    look_up_id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES people (id),
    at timestamptz NOT NULL,
    reason text NOT NULL,
    case_id uuid,
    CONSTRAINT card_look_up_reason_known CHECK (reason IN ('citizen_calls', 'citizen_here', 'card_found', 'checking'))
);
CREATE INDEX card_look_ups_of_case ON card_look_ups (case_id);
CREATE INDEX card_look_ups_of_person ON card_look_ups (person_id, at);
GRANT SELECT, INSERT ON card_look_ups TO tannha_service;
