"""Questions of the post to the agency about a case, and what the agency answers (rows 30, 31). Owns `questions`."""
