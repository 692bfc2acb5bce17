"""Tận Nhà: public administration at the citizen's door. A folder is a word of the field; a loose file is plumbing."""
