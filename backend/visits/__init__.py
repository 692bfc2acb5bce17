"""Visits (lượt phục vụ): what happens at the door. Owns `visits`, `case_visits`, `bundle`, `invitations`,
`invitation_rules`."""
