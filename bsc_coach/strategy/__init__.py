"""What a strategy is: the model of a strategy map with its KPIs, and its TOML form.

Knows nothing of questions, screens or templates; everything above imports it.
"""
