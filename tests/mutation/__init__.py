"""Mutation of the calculating modules by mutmut: `python -m tests.mutation` (docs/testing.md)."""
