"""Registrations (đăng ký): requests by portal, 1022, one-stop and post. Owns `registrations`."""
