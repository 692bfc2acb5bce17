-- Who signed and how, who may act for whom and until when, what was read aloud, what citizens were told and answered
-- (F05, F06, F07, F19). Names of witnesses are in the sealed part of the act only, never here.

ALTER TABLE signatures ADD COLUMN state text NOT NULL DEFAULT 'valid';
ALTER TABLE signatures ADD COLUMN signer text NOT NULL DEFAULT 'owner';
ALTER TABLE signatures ADD COLUMN accepted boolean NOT NULL DEFAULT true;
ALTER TABLE signatures ADD COLUMN form_version text;
ALTER TABLE signatures ADD COLUMN page_ids uuid [] NOT NULL DEFAULT '{}';
ALTER TABLE signatures ADD COLUMN hand text;
ALTER TABLE signatures ADD COLUMN finger text;
ALTER TABLE signatures ADD COLUMN witnesses integer NOT NULL DEFAULT 0;
ALTER TABLE signatures ADD COLUMN witness_files bytea [] NOT NULL DEFAULT '{}';
-- Whether the mode was one that the procedure accepts and its evidence was there is `accepted`: what is not stays kept.
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE signatures ADD CONSTRAINT signature_finger_has_a_hand CHECK ((hand IS NULL) = (finger IS NULL));
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE signatures ADD CONSTRAINT signature_is_void_from_a_moment CHECK ((state = 'voided') = (voided_at IS NOT NULL));

-- Which of the parties was met, where somebody said so.
ALTER TABLE case_visits ADD COLUMN met_party uuid;
-- From which day a recipient may receive, where the change had to wait (F07).
ALTER TABLE parties ADD COLUMN since date;

-- What was read back to the citizen in a visit: the last reading of each paper.
CREATE TABLE readings (
    case_id uuid NOT NULL REFERENCES cases (case_id),
    document text NOT NULL,
    visit_id uuid NOT NULL REFERENCES visits (visit_id),
    form_version text NOT NULL,
    content_sha256 bytea NOT NULL,
    read_by uuid NOT NULL,
    read_at timestamptz NOT NULL,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (case_id, document),
    CONSTRAINT reading_says_what_was_read CHECK (octet_length(content_sha256) = 32)
);
CREATE TRIGGER readings_touch BEFORE UPDATE ON readings FOR EACH ROW EXECUTE FUNCTION touch();

-- Giấy ủy quyền, giấy giới thiệu: until its last day, and on it still. The agent is a party of the case.
CREATE TABLE mandates (
    case_id uuid NOT NULL REFERENCES cases (case_id),
    mandate_id uuid NOT NULL,
    party_id uuid NOT NULL,
    authority text NOT NULL,
    kinship_proved boolean NOT NULL,
    from_day date NOT NULL,
    last_day date,
    page_id uuid,
    state text NOT NULL,
    recorded_by uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    revoked_by uuid,
    revoked_at timestamptz,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (case_id, mandate_id),
    CONSTRAINT mandate_authority_known CHECK (authority IN ('mandate', 'certified_mandate', 'introduction')),
    CONSTRAINT mandate_is_revoked_by_somebody CHECK (
        num_nonnulls(revoked_by, revoked_at) = CASE state WHEN 'in_force' THEN 0 WHEN 'revoked' THEN 2 END
    )
);
CREATE TRIGGER mandates_touch BEFORE UPDATE ON mandates FOR EACH ROW EXECUTE FUNCTION touch();

-- Thông báo xử lý dữ liệu: told, never asked, and so without any answer.
CREATE TABLE notices_shown (
    case_id uuid NOT NULL REFERENCES cases (case_id),
    notice text NOT NULL,
    visit_id uuid REFERENCES visits (visit_id),
    version text NOT NULL,
    text_sha256 bytea NOT NULL,
    how text NOT NULL,
    shown_by uuid NOT NULL,
    shown_at timestamptz NOT NULL,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (case_id, notice),
    CONSTRAINT notice_says_what_was_shown CHECK (octet_length(text_sha256) = 32)
);
CREATE TRIGGER notices_shown_touch BEFORE UPDATE ON notices_shown FOR EACH ROW EXECUTE FUNCTION touch();

-- The answer to one question about one named extra; who never answered has not agreed.
CREATE TABLE consents (
    case_id uuid NOT NULL REFERENCES cases (case_id),
    extra text NOT NULL,
    state text NOT NULL,
    version text NOT NULL,
    text_sha256 bytea NOT NULL,
    answered_as text NOT NULL,
    child_agrees boolean,
    visit_id uuid REFERENCES visits (visit_id),
    answered_at timestamptz NOT NULL,
    withdrawn_at timestamptz,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (case_id, extra),
    CONSTRAINT consent_extra_known CHECK (
        extra IN ('reuse_papers', 'place_mark', 'photo_of_person', 'zalo_messages', 'audio_read_back')
    ),
    CONSTRAINT consent_is_withdrawn_at_a_moment CHECK ((state = 'withdrawn') = (withdrawn_at IS NOT NULL)),
    CONSTRAINT consent_says_what_was_asked CHECK (octet_length(text_sha256) = 32)
);
CREATE TRIGGER consents_touch BEFORE UPDATE ON consents FOR EACH ROW EXECUTE FUNCTION touch();

GRANT SELECT, INSERT, UPDATE ON readings, mandates, notices_shown, consents TO tannha_service;
GRANT SELECT ON readings, mandates, notices_shown, consents TO tannha_app, tannha_province;

ALTER TABLE mandates ENABLE ROW LEVEL SECURITY;
ALTER TABLE mandates FORCE ROW LEVEL SECURITY;
CREATE POLICY mandates_service ON mandates TO tannha_service USING (true) WITH CHECK (true);
CREATE POLICY mandates_province ON mandates FOR SELECT TO tannha_province USING (true);
CREATE POLICY mandates_own ON mandates FOR SELECT TO tannha_app USING (
    case_id IN (SELECT cu.case_id FROM case_units AS cu WHERE cu.unit_id = ANY((SELECT units_in_reach())::uuid []))
);

ALTER TABLE consents ENABLE ROW LEVEL SECURITY;
ALTER TABLE consents FORCE ROW LEVEL SECURITY;
CREATE POLICY consents_service ON consents TO tannha_service USING (true) WITH CHECK (true);
CREATE POLICY consents_province ON consents FOR SELECT TO tannha_province USING (true);
CREATE POLICY consents_own ON consents FOR SELECT TO tannha_app USING (
    case_id IN (SELECT cu.case_id FROM case_units AS cu WHERE cu.unit_id = ANY((SELECT units_in_reach())::uuid []))
);
