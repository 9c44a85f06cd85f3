"""Files for other programs: KPI table, StratML, calendar."""
