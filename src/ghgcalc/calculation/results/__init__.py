"""What a calculation came to: plans per unit, parts, lines; what views may know."""
