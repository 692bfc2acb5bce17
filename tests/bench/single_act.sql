-- The statements of one act in its own transaction, as pgbench runs them: same tables, same indexes, same triggers.
BEGIN;
SELECT gen_random_uuid() AS act, (SELECT d.id FROM devices d ORDER BY random() LIMIT 1) AS device, (SELECT s.id FROM subjects s WHERE s.kind = 'case' ORDER BY random() LIMIT 1) AS kase \gset
SELECT id, person_id, public_key, enrolled_at, revoked_at, lost_at, next_seq, last_hash FROM devices WHERE id = :device::uuid FOR UPDATE;
SELECT i.* FROM inbox AS i WHERE i.made_by = :device::uuid AND i.id = :act::uuid;
SELECT i.* FROM inbox AS i WHERE i.made_by = :device::uuid AND i.standing IN ('held', 'behind', 'review');
SELECT case_id, visit_id FROM case_visits WHERE case_id = :kase::uuid;
SELECT kind, id, n, head FROM subjects WHERE id = :kase::uuid AND kind = 'case' FOR UPDATE \gset s_
SELECT * FROM cases WHERE case_id = :kase::uuid;
SELECT * FROM bundle WHERE case_id = :kase::uuid;
SELECT * FROM exceptions WHERE case_id = :kase::uuid AND cleared_at IS NULL;
SELECT * FROM case_visits WHERE case_id = :kase::uuid;
SELECT v.* FROM visits AS v JOIN case_visits AS cv USING (visit_id) WHERE cv.case_id = :kase::uuid;
SELECT r.* FROM roles_held AS r WHERE r.person_id = (SELECT person_id FROM devices WHERE id = :device::uuid);
INSERT INTO inbox (made_by, id, source, seq, fingerprint, data, received_at, kind, subject_kind, subject_id, case_id, standing, n) VALUES (:device::uuid, :act::uuid, 'device', 1, sha256(repeat('x', 600)::bytea), repeat('x', 600)::bytea, now(), 'record_arrival', 'case', :kase::uuid, :kase::uuid, 'applied', 1);
UPDATE visits SET arrived_at = now() WHERE visit_id = (SELECT visit_id FROM case_visits WHERE case_id = :kase::uuid LIMIT 1);
INSERT INTO acts (subject_kind, subject_id, n, made_by, id, case_id, kind, actor, rules_made, rules_judged, claimed_at, occurred_at, clock, recorded_at, fingerprint, outcome, previous, hash) VALUES ('case', :kase::uuid, :s_n::int + 1, :device::uuid, :act::uuid, :kase::uuid, 'record_arrival', :device::uuid, 1, 1, now(), now(), 'corrected', now(), '\x00', '{}', '\x00', '\x00');
UPDATE subjects SET n = n + 1 WHERE id = :kase::uuid AND kind = 'case';
UPDATE devices SET next_seq = next_seq, last_contact_at = now() WHERE id = :device::uuid;
COMMIT;
