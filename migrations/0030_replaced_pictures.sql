-- A page that is taken again has another picture. The one before is named by its act for ever and kept as evidence, until
-- the case is erased: then it goes with the others, also when it comes late.
CREATE TABLE replaced_pictures (
    case_id uuid NOT NULL,
    page_id uuid NOT NULL,
    file_sha256 bytea NOT NULL,
    PRIMARY KEY (case_id, page_id, file_sha256),
    CONSTRAINT replaced_picture_of_a_page FOREIGN KEY (case_id, page_id) REFERENCES pages (case_id, page_id),
    CONSTRAINT replaced_picture_is_a_hash CHECK (octet_length(file_sha256) = 32)
);
CREATE INDEX replaced_pictures_of_file ON replaced_pictures (file_sha256);
GRANT SELECT, INSERT ON replaced_pictures TO tannha_service;

ALTER TABLE replaced_pictures ENABLE ROW LEVEL SECURITY;
ALTER TABLE replaced_pictures FORCE ROW LEVEL SECURITY;
CREATE POLICY replaced_pictures_service ON replaced_pictures TO tannha_service USING (true) WITH CHECK (true);
