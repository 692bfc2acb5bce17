"""Staff: people, the roles they hold at units from-to, what they have mastered, how they sign in at a desk, and their
phones.

Owns `people`, `roles_held`, `qualifications`, `competence_gates`, `passwords`, `sign_in_attempts`, `desk_sessions`,
`devices`, `device_sessions`, `enrolment_codes`, `security_alarms`, `portraits`.
"""
