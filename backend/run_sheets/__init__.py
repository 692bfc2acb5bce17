"""Phiếu đi tuyến: the day on paper, and what was written on it, typed in again. Owns `run_sheet_lines`."""
