"""Signatures: strokes, what was shown, evidence. Owns `signatures`."""
