"""The faces for offices and the public: pages that work without JavaScript, and the JSON behind them.

Pages of a desk and their JSON show a case only to its own offices; the public page shows steps and days, nothing else.
"""
