"""Emission factor packs: read, found, judged, imported."""
