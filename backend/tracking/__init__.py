"""Tracking: the narrow view a citizen may have. Owns no table.

No name, address, phone, amount or procedure name, and the same answer for an unknown, an old and a foreign token.
"""
