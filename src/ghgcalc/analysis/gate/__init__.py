"""What a change in a repository does to inventories: the base, the change by year, the verdict."""
