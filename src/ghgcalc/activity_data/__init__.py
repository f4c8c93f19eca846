"""From the file's activities and tables to portions: cut by dates, placed, weighed by share."""
