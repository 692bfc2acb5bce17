-- The catalogue of procedures (TTHC) by effective date, and the documents made of it for phones.
-- A version in use is never changed: a correction closes it and adds another (see 0002_units.sql).

-- A version is a published document, read whole: `content` is what it says, the columns are what it is found by.
-- `official`: published by the province; else a sample that nobody has held against a decision.
CREATE TABLE procedure_versions (
    id uuid PRIMARY KEY,
    code text NOT NULL,
    valid daterange NOT NULL,
    name text NOT NULL,
    name_en text,
    folded text NOT NULL,
    field text,
    agency text,
    official boolean NOT NULL,
    legal_basis jsonb NOT NULL,
    recalled text [] NOT NULL,
    content jsonb NOT NULL,
    source text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT procedure_code_shape CHECK (
        code ~ '^[123][.][0-9]{6}$' OR code ~ '^[A-Z][0-9]{2}[.][A-Z0-9]{2,12}$'
    ),
    CONSTRAINT procedure_agency_known CHECK (
        agency IN ('commune', 'commune_police', 'land_office', 'province', 'province_police')
    ),
    CONSTRAINT procedure_official_has_a_legal_basis CHECK (NOT official OR legal_basis <> '[]'),
    CONSTRAINT procedure_valid_some_day CHECK (NOT isempty(valid)),
    CONSTRAINT procedure_one_version_a_day EXCLUDE USING gist (code WITH =, valid WITH &&)
);
CREATE INDEX procedure_versions_folded ON procedure_versions USING gin (folded gin_trgm_ops);

-- What phones carry, named by its content; `number` says which one is the last. Made anew with every publication.
CREATE TABLE catalogues (
    number bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    sha256 bytea NOT NULL,
    document bytea NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT catalogue_once UNIQUE (sha256),
    CONSTRAINT catalogue_is_named_by_its_content CHECK (sha256 = sha256(document))
);

CREATE TRIGGER procedure_versions_close BEFORE UPDATE ON procedure_versions
FOR EACH ROW EXECUTE FUNCTION only_closes();
CREATE TRIGGER procedure_versions_touch BEFORE UPDATE ON procedure_versions FOR EACH ROW EXECUTE FUNCTION touch();

GRANT SELECT ON procedure_versions, catalogues TO tannha_app, tannha_service, tannha_province;
GRANT INSERT ON procedure_versions, catalogues TO tannha_service;
GRANT UPDATE (valid) ON procedure_versions TO tannha_service;
