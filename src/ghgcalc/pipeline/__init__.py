"""The straight line: open a project, compute, check all years, write the lock, list rows."""
