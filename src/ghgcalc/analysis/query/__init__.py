"""A small language that filters and groups the lines of an inventory (docs/query.md)."""
