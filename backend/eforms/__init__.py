"""E-forms (tờ khai điện tử): what is asked, in which order, in which words, and from where it may be filled in; whether
what was filled in is right, and the one form of its bytes.

The citizen does not write: the courier asks, scans and fills in; the citizen hears it read back and signs. A form is a
file of `data`: JSON Schema 2020-12 and the keywords of `vocabulary.json`. Owns no table: what was filled in stands with
the reading of it.
"""
