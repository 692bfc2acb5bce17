-- What was filled in and read back to the citizen who does not write (F06): the text that is hashed, with names, numbers
-- and addresses in it, so that the officer reads what was signed. Blanked when the case is erased.
ALTER TABLE readings ADD COLUMN content text;

ALTER TABLE readings ENABLE ROW LEVEL SECURITY;
ALTER TABLE readings FORCE ROW LEVEL SECURITY;
CREATE POLICY readings_service ON readings TO tannha_service USING (true) WITH CHECK (true);
CREATE POLICY readings_province ON readings FOR SELECT TO tannha_province USING (true);
CREATE POLICY readings_own ON readings FOR SELECT TO tannha_app USING (
    case_id IN (SELECT cu.case_id FROM case_units AS cu WHERE cu.unit_id = ANY((SELECT units_in_reach())::uuid []))
);
