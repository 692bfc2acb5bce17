-- Honesty of visits (F12). Each check of a courier's code is kept: when, by whom where it was asked at a desk, and whose
-- code it was; nothing that was typed, and nothing of a stranger who asked.
CREATE TABLE courier_checks (
    check_id uuid PRIMARY KEY,
    at timestamptz NOT NULL,
    asked_by uuid REFERENCES people (id),
    courier uuid REFERENCES people (id)
);
CREATE INDEX courier_checks_by_time ON courier_checks (at);
GRANT SELECT, INSERT ON courier_checks TO tannha_service;

-- A badge as it is read aloud at a gate.
CREATE INDEX people_by_badge_said ON people (translate(badge, '.-', ''));
