"""Notices: what citizens are told, in a browser, by SMS, Zalo or e-mail, and what a person must tell them else.

Follows the feed: a template names the acts it belongs to, as data (`templates.json`); nobody calls this with a text.
Owns `notices`, `contacts`, `former_contacts`, `duties`, `push_subscriptions`. Each (act, template) is decided once. To
whom a message went and what it said is sealed under the data key of the case, and so is to which browsers it goes.
"""
