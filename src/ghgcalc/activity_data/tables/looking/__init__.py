"""Looking at a file: what it may hold, guessed aloud for a proposal; no computation reads it."""
