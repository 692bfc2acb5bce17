"""`tannha verify`: proves from the database alone that nothing is lost, doubled, forged or inconsistent.

Owns no table and changes nothing: one read-only snapshot, so it may run beside a working server. It shares with the
server only the envelope, the definition of the chain's hash, the checkpoint's format and the rule tables: what acts
mean is written here a second time, so that a mistake of the server shows as a difference.
"""
