-- One transfer for several cases of a household (F09): a payment for each case, all under one reference.
-- order_id, order_total: what is paid at once; null: the payment is alone under its reference.
ALTER TABLE payments ADD COLUMN order_id uuid;
ALTER TABLE payments ADD COLUMN order_total bigint;
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE payments ADD CONSTRAINT payment_order_has_a_total CHECK ((order_id IS NULL) = (order_total IS NULL));
-- squawk-ignore ban-drop-constraint
ALTER TABLE payments DROP CONSTRAINT payment_reference_used_once;
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE payments ADD CONSTRAINT payment_reference_of_one_order
EXCLUDE USING gist (reference WITH =, (coalesce(order_id, payment_id)) WITH <>);
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX payments_by_reference ON payments (reference);
-- An order has one payment of each case.
-- squawk-ignore require-concurrent-index-creation
CREATE UNIQUE INDEX payment_of_order_once_a_case ON payments (order_id, case_id) WHERE order_id IS NOT NULL;

-- part_of: the money that came for the whole household, of which this is the part of one case.
ALTER TABLE bank_credits ADD COLUMN part_of uuid;
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
ALTER TABLE bank_credits ADD CONSTRAINT bank_credit_part_of FOREIGN KEY (part_of) REFERENCES bank_credits (credit_id);
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE bank_credits ADD CONSTRAINT bank_credit_part_is_placed CHECK (part_of IS NULL OR case_id IS NOT NULL);
-- squawk-ignore ban-drop-constraint
ALTER TABLE bank_credits DROP CONSTRAINT bank_entry_credited_once;
-- squawk-ignore require-concurrent-index-creation
CREATE UNIQUE INDEX bank_entry_credited_once ON bank_credits (account_id, entry) WHERE part_of IS NULL;
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX bank_credits_parts ON bank_credits (part_of) WHERE part_of IS NOT NULL;
