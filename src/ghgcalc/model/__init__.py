"""Typed models of the company file, factor packs and the inventory."""
