"""Renderers: neutral tables and the inventory to text; the only place where numbers are rounded."""
