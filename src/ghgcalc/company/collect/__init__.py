"""Collecting activity data by workbook: what a template asks, and reading it back."""
