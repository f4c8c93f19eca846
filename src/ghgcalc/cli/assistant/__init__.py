"""What assistants may ask over the Model Context Protocol: read-only, inside one folder."""
