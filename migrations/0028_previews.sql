-- A small picture of a page travels before its original, so that an office can begin to look while the originals are
-- still on a phone without a good network. Both hashes or none: of the picture, and of the bytes that travel.
ALTER TABLE pages ADD COLUMN preview_sha256 bytea;
ALTER TABLE pages ADD COLUMN preview_file_sha256 bytea;
-- Both columns are new: no row has to be looked at for long.
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE pages ADD CONSTRAINT preview_is_named_twice CHECK (
    num_nulls(preview_sha256, preview_file_sha256) IN (0, 2)
    AND octet_length(preview_sha256) = 32 AND octet_length(preview_file_sha256) = 32
);
CREATE INDEX pages_of_preview ON pages (preview_file_sha256) WHERE preview_file_sha256 IS NOT NULL;

ALTER POLICY files_own ON files USING (
    EXISTS (SELECT FROM pages AS p WHERE p.file_sha256 = files.sha256)
    OR EXISTS (SELECT FROM pages AS p WHERE p.preview_file_sha256 = files.sha256)
);
ALTER POLICY masters_own ON masters USING (
    EXISTS (SELECT FROM pages AS p WHERE p.file_sha256 = masters.file_sha256)
    OR EXISTS (SELECT FROM pages AS p WHERE p.preview_file_sha256 = masters.file_sha256)
);
