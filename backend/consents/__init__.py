"""What citizens are told about their data, and answer about named extras. Owns `notices_shown`, `consents`."""
