"""Incidents (sự cố, F10): what went wrong, what it touches and freezes, and how it ended. Owns `incidents`,
`incident_things`, and the dated `compensation_rules`."""
