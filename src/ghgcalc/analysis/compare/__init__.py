"""Two inventories side by side: what changed, and causes that add up exactly to the change."""
