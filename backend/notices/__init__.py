"""Notices: what citizens are told, by SMS, Zalo or e-mail, and what a person must tell them where no message can.

Follows the feed: a template names the acts it belongs to, as data (`templates.json`); nobody calls this with a text.
Owns `notices`, `contacts`, `former_contacts`, `duties`. Each (act, template) is decided once. To whom a message went
and what it said is sealed under the data key of the case.
"""
