"""What was said and agreed, for whoever has to answer for it: minutes, owners, dates, evidence."""
