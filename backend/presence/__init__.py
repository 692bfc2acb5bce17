"""Honesty of visits: whether who stands at the gate is our courier, and how sure it is that a visit took place (F12).

A courier's phone shows six digits that change every minute, also without a network; anybody may ask whether they are
right. Each visit at a home keeps what speaks for and against it, and a grade; about some of them somebody else asks
the citizen. Owns `courier_checks`, `presence`, `house_marks`, `call_backs`, `call_back_draws`.
"""
