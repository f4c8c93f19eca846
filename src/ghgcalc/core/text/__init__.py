"""Text with places: files read and written, YAML and CSV, paths, archives, scripts of the world."""
