"""Readers of energy data that are no tables: each gives rows under documented headings."""
