"""Signatures: strokes, what was shown, who saw it; what was read back. Owns `signatures`, `readings`."""
