"""The project's own tools: set-up, lint rules, servers for tests."""
