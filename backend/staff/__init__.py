"""Staff: people, the roles they hold at units from-to, how they sign in at a desk, and their phones.

Owns `people`, `roles_held`, `passwords`, `sign_in_attempts`, `desk_sessions`, `devices`, `device_sessions`,
`enrolment_codes`, `security_alarms`.
"""
