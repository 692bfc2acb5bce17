-- Why nothing was paid, which relief was claimed, and the decision by which a charge is not owed any more (F09).
ALTER TABLE charges ADD COLUMN unpaid_because text;
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE charges ADD CONSTRAINT charge_unpaid_because_known
CHECK (unpaid_because IN ('no_money_now', 'disputes_amount', 'claims_exemption', 'refuses'));
ALTER TABLE charges ADD COLUMN relief_claimed text;
ALTER TABLE charges ADD COLUMN released_by uuid;
-- Of what was paid and is not owed after all, nothing is counted.
-- squawk-ignore ban-drop-constraint
ALTER TABLE charges DROP CONSTRAINT charge_counted_less;
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE charges ADD CONSTRAINT charge_counted_less CHECK (
    counted IS NULL
    OR (counted >= 0 AND counted < amount AND settled_by IS NOT NULL AND (counted > 0 OR released_by IS NOT NULL))
);
