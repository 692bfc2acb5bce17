-- A spare phone that is lent to a courier whose own is dead: it gets a key of its own, for the rest of the day (F11).
-- lent_until: null, it is not lent. lent_from: the phone that was lent; whoever takes that one away takes this one too.
ALTER TABLE devices ADD COLUMN lent_until timestamptz;
ALTER TABLE devices ADD COLUMN lent_from uuid;
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
ALTER TABLE devices ADD CONSTRAINT device_lent_from_a_device FOREIGN KEY (lent_from) REFERENCES devices (id);
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE devices ADD CONSTRAINT lent_device_says_until_when CHECK ((lent_until IS NULL) = (lent_from IS NULL));
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX devices_lent_from ON devices (lent_from) WHERE lent_from IS NOT NULL;

-- A code of eight digits, read out: only a phone that is enrolled already can use it. Its hash is keyed.
ALTER TABLE enrolment_codes ADD COLUMN lends boolean NOT NULL DEFAULT false;
