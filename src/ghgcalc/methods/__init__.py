"""Calculation methods: one file per method, with its keys, its checks, its printed steps."""
