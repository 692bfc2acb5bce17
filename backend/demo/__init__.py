"""The demo: sample data made through the system's own acts, a clock that testers move, and handles for them (F15).

Never in an installation that serves citizens: `tannha serve` has none of these routes and refuses such a database.
"""
