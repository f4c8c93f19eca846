"""What the bundled packs cover: asked as a line asks, by the program's own choice."""
