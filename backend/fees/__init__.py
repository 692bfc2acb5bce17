"""Fees: charges, collections, and the double-entry ledger. Owns `charges`, `collections`, `entries`, `balances`,
`slip_blocks`, `shifts`. Integer đồng; a transfer sums to zero."""
