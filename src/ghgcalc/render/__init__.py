"""Writes inventories and reports: text, Markdown, JSON, CSV, xlsx; the only place that rounds."""
