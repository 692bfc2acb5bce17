-- Photographs of couriers (F12): who asks whether a courier is ours sees the face for two minutes. The newest that was
-- opened counts; files: the clean copies alone are shown.
CREATE TABLE portraits (
    person_id uuid NOT NULL REFERENCES people (id),
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL REFERENCES people (id),
    sha256 bytea NOT NULL,
    PRIMARY KEY (person_id, recorded_at),
    CONSTRAINT portrait_is_named_by_its_hash CHECK (octet_length(sha256) = 32)
);
GRANT SELECT, INSERT ON portraits TO tannha_service;
