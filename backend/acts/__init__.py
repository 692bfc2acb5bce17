"""Acts: everything that happens, stored once, for ever.

Owns `subjects`, `inbox`, `acts`, `data_keys`, `personal`, `exceptions`, `touches`, `checkpoints`, `followers`.
Stores bytes and knows no kinds: what an act means is decided by the capability whose word it is.
"""
