"""What editors may ask over the Language Server Protocol; all but `server` knows no protocol."""
