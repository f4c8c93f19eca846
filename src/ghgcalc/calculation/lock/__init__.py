"""The lock: its models and how it is read."""
