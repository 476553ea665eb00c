"""The cases; a module's name is the bench's name."""
