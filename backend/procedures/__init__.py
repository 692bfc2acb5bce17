"""Procedures (thủ tục hành chính): the TTHC catalogue by effective date, and what follows from it by computing alone.

Components, fees, time limits, who may act and receive. Owns `procedure_versions` and `catalogues`. No look-up without a
day; what nobody has found out is None, and every face says "chưa rõ" instead of guessing.
"""
