-- Pages photographed, the bytes they name, and what was made from them.
-- Bytes lie in the blob store under their SHA-256; here only hashes, sizes and states.

-- A row exists only if the bytes exist (contract, P5): it is written after they are on the disk, removed before they go.
CREATE TABLE files (
    sha256 bytea PRIMARY KEY,
    bytes bigint NOT NULL,
    media_type text NOT NULL,
    sealed boolean NOT NULL,
    received_from uuid NOT NULL,
    received_at timestamptz NOT NULL,
    state text NOT NULL DEFAULT 'received',
    bad_reason text,
    plain_sha256 bytea,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT file_is_named_by_its_hash CHECK (octet_length(sha256) = 32),
    CONSTRAINT file_has_a_size CHECK (bytes >= 0),
    CONSTRAINT file_state_known CHECK (state IN ('received', 'clean', 'bad')),
    CONSTRAINT bad_file_has_a_reason CHECK ((state = 'bad') = (bad_reason IS NOT NULL)),
    CONSTRAINT clean_file_was_opened CHECK (state <> 'clean' OR plain_sha256 IS NOT NULL),
    CONSTRAINT file_content_is_a_hash CHECK (octet_length(plain_sha256) = 32)
);
CREATE INDEX files_not_yet_opened ON files (received_at, sha256) WHERE state = 'received';
CREATE INDEX files_bad ON files (received_at) WHERE state = 'bad';
CREATE INDEX files_changed ON files (changed);
CREATE TRIGGER files_touch BEFORE UPDATE ON files FOR EACH ROW EXECUTE FUNCTION touch();

-- The clean master of an original: upright, pixels only. What people and all later steps see.
CREATE TABLE masters (
    file_sha256 bytea PRIMARY KEY,
    master_sha256 bytea NOT NULL,
    bytes bigint NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    made_at timestamptz NOT NULL,
    CONSTRAINT master_of_a_file FOREIGN KEY (file_sha256) REFERENCES files (sha256),
    CONSTRAINT master_is_named_by_its_hash CHECK (octet_length(master_sha256) = 32),
    CONSTRAINT master_has_pixels CHECK (width > 0 AND height > 0 AND bytes > 0)
);
CREATE INDEX masters_by_hash ON masters (master_sha256);

-- One photographed page of one component. It may be known before its bytes are here.
-- `original_sha256`: of the picture as the phone hashed it. `sealed_sha256`: of the sealed bytes that travel, if any.
CREATE TABLE pages (
    case_id uuid NOT NULL,
    page_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    paper_id uuid NOT NULL,
    component text NOT NULL,
    page_number integer NOT NULL,
    original_sha256 bytea NOT NULL,
    sealed_sha256 bytea,
    file_sha256 bytea NOT NULL GENERATED ALWAYS AS (coalesce(sealed_sha256, original_sha256)) STORED,
    state text NOT NULL DEFAULT 'expected',
    bad_reason text,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (case_id, page_id),
    CONSTRAINT page_number_counts CHECK (page_number BETWEEN 1 AND 999),
    CONSTRAINT page_original_is_a_hash CHECK (octet_length(original_sha256) = 32),
    CONSTRAINT page_sealed_is_a_hash CHECK (octet_length(sealed_sha256) = 32),
    CONSTRAINT page_state_known CHECK (state IN ('expected', 'here', 'clean', 'bad', 'erased')),
    CONSTRAINT bad_page_has_a_reason CHECK ((state = 'bad') = (bad_reason IS NOT NULL))
);
CREATE INDEX pages_of_file ON pages (file_sha256);
CREATE INDEX pages_changed ON pages (changed);
CREATE TRIGGER pages_touch BEFORE UPDATE ON pages FOR EACH ROW EXECUTE FUNCTION touch();

-- One PDF per component, made from clean masters. A new page makes a new version; the old one stays.
CREATE TABLE component_files (
    case_id uuid NOT NULL,
    component text NOT NULL,
    version integer NOT NULL,
    sha256 bytea NOT NULL,
    bytes bigint NOT NULL,
    pages integer NOT NULL,
    made_at timestamptz NOT NULL,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (case_id, component, version),
    CONSTRAINT component_file_version_counts CHECK (version > 0),
    CONSTRAINT component_file_is_named_by_its_hash CHECK (octet_length(sha256) = 32),
    CONSTRAINT component_file_has_pages CHECK (pages > 0 AND bytes > 0)
);
CREATE INDEX component_files_by_hash ON component_files (sha256);
CREATE INDEX component_files_changed ON component_files (changed);

-- Uploads that are done, so that a phone whose answer was lost learns so. Unfinished ones live on disk only: there the
-- size of the staged file is the offset, and a second record of it could only be wrong.
CREATE TABLE uploads (
    upload_id uuid PRIMARY KEY,
    device_id uuid NOT NULL,
    sha256 bytea NOT NULL,
    bytes bigint NOT NULL,
    done_at timestamptz NOT NULL,
    CONSTRAINT upload_names_a_file CHECK (octet_length(sha256) = 32)
);
CREATE INDEX uploads_done ON uploads (done_at);

-- How much each device has sent on one day (Việt Nam's), against its quota.
CREATE TABLE upload_days (
    device_id uuid NOT NULL,
    day date NOT NULL,
    bytes bigint NOT NULL,
    PRIMARY KEY (device_id, day)
);

GRANT SELECT ON files, masters, pages, component_files TO tannha_app, tannha_province;
GRANT SELECT, INSERT, DELETE ON files, masters, component_files, uploads TO tannha_service;
GRANT UPDATE (state, bad_reason, plain_sha256) ON files TO tannha_service;
GRANT UPDATE (done_at) ON uploads TO tannha_service;
GRANT SELECT, INSERT, UPDATE ON pages, upload_days TO tannha_service;
GRANT DELETE ON upload_days TO tannha_service;

-- Row-level security. What an office sees (its own cases) is said beside `case_units`, in a later file.
ALTER TABLE files ENABLE ROW LEVEL SECURITY;
ALTER TABLE files FORCE ROW LEVEL SECURITY;
CREATE POLICY files_service ON files TO tannha_service USING (true) WITH CHECK (true);
CREATE POLICY files_province ON files FOR SELECT TO tannha_province USING (true);

ALTER TABLE masters ENABLE ROW LEVEL SECURITY;
ALTER TABLE masters FORCE ROW LEVEL SECURITY;
CREATE POLICY masters_service ON masters TO tannha_service USING (true) WITH CHECK (true);
CREATE POLICY masters_province ON masters FOR SELECT TO tannha_province USING (true);

ALTER TABLE pages ENABLE ROW LEVEL SECURITY;
ALTER TABLE pages FORCE ROW LEVEL SECURITY;
CREATE POLICY pages_service ON pages TO tannha_service USING (true) WITH CHECK (true);
CREATE POLICY pages_province ON pages FOR SELECT TO tannha_province USING (true);

ALTER TABLE component_files ENABLE ROW LEVEL SECURITY;
ALTER TABLE component_files FORCE ROW LEVEL SECURITY;
CREATE POLICY component_files_service ON component_files TO tannha_service USING (true) WITH CHECK (true);
CREATE POLICY component_files_province ON component_files FOR SELECT TO tannha_province USING (true);
