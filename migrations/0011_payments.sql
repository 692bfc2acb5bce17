-- Money by transfer: where it may be sent, what was asked for, what came, and what must go back.

-- To which account citizens pay a unit. Dated: nobody types a payee.
CREATE TABLE payee_accounts (
    id uuid PRIMARY KEY,
    unit_id uuid NOT NULL REFERENCES units (id),
    valid daterange NOT NULL,
    bank_bin text NOT NULL,
    account text NOT NULL,
    holder text NOT NULL,
    source text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT payee_bin_shape CHECK (bank_bin ~ '^[0-9]{6}$'),
    CONSTRAINT payee_account_shape CHECK (account ~ '^[0-9A-Za-z]{1,19}$'),
    CONSTRAINT payee_holder_fits_a_code CHECK (holder ~ '^[ -~]{1,25}$'),
    CONSTRAINT payee_valid_some_day CHECK (NOT isempty(valid)),
    CONSTRAINT payee_one_account_a_day EXCLUDE USING gist (unit_id WITH =, valid WITH &&),
    CONSTRAINT payee_account_of_one_unit EXCLUDE USING gist (bank_bin WITH =, account WITH =, valid WITH &&)
);
CREATE TRIGGER payee_accounts_only_close BEFORE UPDATE ON payee_accounts FOR EACH ROW EXECUTE FUNCTION only_closes();

-- Numbers of payment references: of one phone or one desk each, for ever.
CREATE TABLE reference_blocks (
    maker uuid NOT NULL,
    first_number bigint NOT NULL,
    last_number bigint NOT NULL,
    given_at timestamptz NOT NULL,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (first_number),
    CONSTRAINT reference_block_is_a_range CHECK (first_number > 0 AND last_number >= first_number),
    CONSTRAINT reference_blocks_apart EXCLUDE USING gist (int8range(first_number, last_number, '[]') WITH &&)
);
CREATE INDEX reference_blocks_of_maker ON reference_blocks (maker);

-- One order over charges of a case: one total, one reference. `used`: what of the money received has settled charges.
CREATE TABLE payments (
    case_id uuid NOT NULL REFERENCES cases (case_id),
    payment_id uuid NOT NULL,
    visit_id uuid NOT NULL REFERENCES visits (visit_id),
    account_id uuid NOT NULL REFERENCES payee_accounts (id),
    reference text NOT NULL,
    charge_ids uuid [] NOT NULL,
    total bigint NOT NULL,
    received bigint NOT NULL,
    used bigint NOT NULL,
    state text NOT NULL,
    shown_by uuid NOT NULL,
    shown_at timestamptz NOT NULL,
    said_at timestamptz,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (case_id, payment_id),
    CONSTRAINT payment_reference_used_once UNIQUE (reference),
    CONSTRAINT payment_is_money CHECK (total > 0 AND used >= 0 AND received >= used)
);
CREATE INDEX payments_waiting ON payments (shown_at) WHERE state IN ('waiting_transfer', 'said_sent');
CREATE TRIGGER payments_touch BEFORE UPDATE ON payments FOR EACH ROW EXECUTE FUNCTION touch();

-- What came in, once per entry of the bank. `said`: the payer's text, only while nobody knows whose money it is.
CREATE TABLE bank_credits (
    credit_id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES payee_accounts (id),
    unit_id uuid NOT NULL REFERENCES units (id),
    entry text NOT NULL,
    amount bigint NOT NULL,
    credited_at timestamptz NOT NULL,
    reference text,
    said text,
    state text NOT NULL,
    case_id uuid,
    payment_id uuid,
    placed_by uuid,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT bank_entry_credited_once UNIQUE (account_id, entry),
    CONSTRAINT bank_credit_is_money CHECK (amount > 0),
    CONSTRAINT bank_credit_of_payment FOREIGN KEY (case_id, payment_id) REFERENCES payments (case_id, payment_id),
    CONSTRAINT bank_credit_placed_or_not CHECK (
        (state = 'placed') = (placed_by IS NOT NULL)
        AND (case_id IS NULL) = (placed_by IS NULL)
        AND (payment_id IS NULL) = (placed_by IS NULL)
    )
);
CREATE INDEX bank_credits_of_case ON bank_credits (case_id);
CREATE INDEX bank_credits_unmatched ON bank_credits (unit_id) WHERE case_id IS NULL;
CREATE TRIGGER bank_credits_touch BEFORE UPDATE ON bank_credits FOR EACH ROW EXECUTE FUNCTION touch();

-- What must go back to a citizen: whose duty it is, until which day, who agreed, what was paid.
CREATE TABLE refunds (
    case_id uuid NOT NULL REFERENCES cases (case_id),
    refund_id uuid NOT NULL,
    payment_id uuid,
    amount bigint NOT NULL,
    cause text NOT NULL,
    state text NOT NULL,
    owner_unit uuid NOT NULL REFERENCES units (id),
    due_on date NOT NULL,
    opened_at timestamptz NOT NULL,
    collected_by uuid,
    approved_by uuid [] NOT NULL,
    paid bigint NOT NULL,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (case_id, refund_id),
    CONSTRAINT refund_is_money CHECK (amount > 0 AND paid >= 0),
    CONSTRAINT refund_of_payment FOREIGN KEY (case_id, payment_id) REFERENCES payments (case_id, payment_id)
);
CREATE INDEX refunds_open ON refunds (owner_unit, due_on) WHERE state IN ('due', 'approved');
CREATE TRIGGER refunds_touch BEFORE UPDATE ON refunds FOR EACH ROW EXECUTE FUNCTION touch();

GRANT SELECT ON payee_accounts, payments, bank_credits, refunds TO tannha_app, tannha_province;
GRANT SELECT, INSERT, UPDATE ON payments, bank_credits, refunds TO tannha_service;
GRANT SELECT, INSERT, UPDATE (valid) ON payee_accounts TO tannha_service;
GRANT SELECT, INSERT ON reference_blocks TO tannha_service;

-- What a payer wrote is for the office whose account it is, and the money of a case for the offices of the case.
ALTER TABLE bank_credits ENABLE ROW LEVEL SECURITY;
ALTER TABLE bank_credits FORCE ROW LEVEL SECURITY;
CREATE POLICY bank_credits_service ON bank_credits TO tannha_service USING (true) WITH CHECK (true);
CREATE POLICY bank_credits_province ON bank_credits FOR SELECT TO tannha_province USING (true);
CREATE POLICY bank_credits_own ON bank_credits FOR SELECT TO tannha_app USING (
    unit_id = ANY((SELECT units_in_reach())::uuid [])
);
