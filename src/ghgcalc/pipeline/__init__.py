"""The straight line: open a project, compute a period, check every year, write the lock, list the rows."""
