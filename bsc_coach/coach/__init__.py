"""The coach: rules on wordings, KPIs and the whole strategy, with word lists and examples as data."""
