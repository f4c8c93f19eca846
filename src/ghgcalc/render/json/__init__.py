"""An inventory as JSON: every figure, its plans, its places."""
