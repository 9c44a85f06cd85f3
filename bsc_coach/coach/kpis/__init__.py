"""The rules K01 to K30, on one KPI with its definition sheet, by theme; measures.py runs them."""
