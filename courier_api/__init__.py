"""The mobile face: HTTP only. `app.py` is its table of contents."""
