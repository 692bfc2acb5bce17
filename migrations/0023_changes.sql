-- What only the owner changes of where a result goes (F07). result_from: the day from which it may be handed over.
ALTER TABLE cases ADD COLUMN result_way text NOT NULL DEFAULT 'home';
ALTER TABLE cases ADD COLUMN result_from date;
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE cases ADD CONSTRAINT result_way_known CHECK (result_way IN ('home', 'post', 'one_stop'));

-- Whoever was reached before a contact was changed is told of the change: an act each.
CREATE TABLE former_contacts (
    case_id uuid NOT NULL REFERENCES cases,
    made_by uuid NOT NULL,
    act_id uuid NOT NULL,
    phone text,
    email text,
    tell_by text,
    shared_phone boolean NOT NULL,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (case_id, made_by, act_id)
);
CREATE TRIGGER former_contacts_touch BEFORE UPDATE ON former_contacts FOR EACH ROW EXECUTE FUNCTION touch();

GRANT SELECT, INSERT, UPDATE ON former_contacts TO tannha_service;
GRANT SELECT ON former_contacts TO tannha_app, tannha_province;

ALTER TABLE former_contacts ENABLE ROW LEVEL SECURITY;
ALTER TABLE former_contacts FORCE ROW LEVEL SECURITY;
CREATE POLICY former_contacts_service ON former_contacts TO tannha_service USING (true) WITH CHECK (true);
CREATE POLICY former_contacts_province ON former_contacts FOR SELECT TO tannha_province USING (true);
CREATE POLICY former_contacts_own ON former_contacts FOR SELECT TO tannha_app USING (
    EXISTS (
        SELECT FROM case_units AS cu
        WHERE cu.case_id = former_contacts.case_id AND cu.unit_id = ANY((SELECT units_in_reach())::uuid [])
    )
);
