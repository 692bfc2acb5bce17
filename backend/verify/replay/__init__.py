"""The second telling: from the acts alone, under each act's own rules, every state table is computed anew.

What acts mean is written here once more and on purpose in another way than the server writes it: rows are plain
dictionaries, bodies are read as they came. Nothing of the server's effects, models or queries is imported.
"""
