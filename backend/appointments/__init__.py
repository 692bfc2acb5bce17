"""Appointments (lịch hẹn): windows of a unit and day with numbered seats; book, move, cancel. Owns `appointments`."""
