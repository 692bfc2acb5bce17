"""The simulator: couriers' phones and desks that use a running server as the world does, by public HTTP alone.

It shares no code with the server but the envelope and the rule tables, so that it can be a witness: it keeps a journal
of every act it made and of every acknowledgement it got, and at the end asks the server about each of them, and about
what must be true by then: who holds which paper, what is paid, how far each case is (`expecting`).

Reading order for who writes a client: `envelope` (of acts), `proof`, `sealed`, `outbox`, `phone`, `carrier`, `files`.
"""
