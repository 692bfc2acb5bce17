"""Dossiers: the case, who is who in it, its state, and its mirror at the agency.

Owns `cases`, `parties`, `mandates`, `case_units`, `dossiers`, `tracking_tokens`. A case is one applicant, one
procedure, through us; a dossier (hồ sơ) is the agency's file, of which we only keep what the portal says, with
source and time.
"""
