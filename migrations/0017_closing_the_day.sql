-- Closing the day (F11, F16): a count that waits for a phone, and who signed it besides the courier.
ALTER TABLE shifts ADD COLUMN counted bigint;
ALTER TABLE shifts ADD COLUMN awaited bigint;
ALTER TABLE shifts ADD COLUMN reason text;
ALTER TABLE shifts ADD COLUMN counted_at timestamptz;
ALTER TABLE shifts ADD COLUMN countersigned_by uuid;
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
ALTER TABLE shifts ADD CONSTRAINT shift_signed_by_a_person FOREIGN KEY (countersigned_by) REFERENCES people (id);
ALTER TABLE shifts ADD COLUMN countersigned_at timestamptz;
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE shifts ADD CONSTRAINT shift_signed_whole
CHECK ((countersigned_by IS NULL) = (countersigned_at IS NULL) AND awaited >= 0 AND countersigned_by <> courier);
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX shifts_of_unit ON shifts (unit_id, day DESC);
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX shifts_awaiting ON shifts (shift_id) WHERE state = 'provisional';
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX collections_of_courier ON collections (courier, collected_at);
