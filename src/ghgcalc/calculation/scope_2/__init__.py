"""Scope 2: instruments to consumption, the market-based method, matching by hour."""
