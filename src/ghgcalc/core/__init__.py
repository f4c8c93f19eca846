"""What every room stands on: findings, exact numbers, units, gases, periods, text with places."""
