"""Tables of activity data: files to exact sums per key, by one engine (DESIGN §2)."""
