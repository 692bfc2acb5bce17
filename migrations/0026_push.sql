-- Web push (F17): browsers to which what happens to a case is pushed. Where to, and the keys that seal what is sent
-- (RFC 8291), are sealed under the data key of the case.
-- token_sha256: the tracking link that subscribed; it lives no longer. vapid_key: which of our keys (RFC 8292) it was
-- made for: no other can send to it.
CREATE TABLE push_subscriptions (
    case_id uuid NOT NULL REFERENCES cases (case_id),
    endpoint_sha256 bytea NOT NULL,
    token_sha256 bytea NOT NULL REFERENCES tracking_tokens (token_sha256),
    vapid_key uuid NOT NULL,
    made_at timestamptz NOT NULL,
    sealed bytea NOT NULL,
    PRIMARY KEY (case_id, endpoint_sha256),
    CONSTRAINT push_once_per_endpoint UNIQUE (endpoint_sha256),
    CONSTRAINT push_is_named_by_its_hash CHECK (octet_length(endpoint_sha256) = 32),
    CONSTRAINT push_sealed_is_small CHECK (octet_length(sealed) <= 2048)
);
CREATE INDEX push_subscriptions_of_token ON push_subscriptions (token_sha256);
GRANT SELECT, INSERT, DELETE ON push_subscriptions TO tannha_service;
GRANT UPDATE (vapid_key, made_at, sealed) ON push_subscriptions TO tannha_service;
ALTER TABLE push_subscriptions ENABLE ROW LEVEL SECURITY;
ALTER TABLE push_subscriptions FORCE ROW LEVEL SECURITY;
CREATE POLICY push_subscriptions_service ON push_subscriptions TO tannha_service USING (true) WITH CHECK (true);

-- pushed_at: when a push service took it for at least one browser. It may have gone to the owner's channel as well.
ALTER TABLE notices ADD COLUMN pushed_at timestamptz;
GRANT SELECT (pushed_at) ON notices TO tannha_app, tannha_province;
GRANT UPDATE (pushed_at) ON notices TO tannha_service;
