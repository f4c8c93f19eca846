"""From lines to the inventory: what is selected, and all that stands beside the totals."""
