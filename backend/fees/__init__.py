"""Fees: charges, collections, payments by transfer, refunds, and the double-entry ledger. Owns `charges`,
`collections`, `payee_accounts`, `payments`, `bank_credits`, `refunds`, `entries`, `balances`, `slip_blocks`,
`reference_blocks`, `shifts`. Integer đồng; a transfer sums to zero."""
