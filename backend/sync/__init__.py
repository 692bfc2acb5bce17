"""Sync: the phone's door and the desks' too. Acts in, day bundle out.

A batch is decided in memory on frozen rows and written once per table. Puts together what the capabilities below own:
their acts (`model.py`), their rows (`world.py`), their facts for the rule table (`facts.py`).
"""
