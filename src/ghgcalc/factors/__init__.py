"""Emission factor packs: models, reading, catalogue, lint, importers."""
