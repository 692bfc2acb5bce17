"""What is asked and answered about a case: by the post of the agency (rows 30, 31), by the province of a unit (row 41).

Owns `questions`, `urgings`.
"""
