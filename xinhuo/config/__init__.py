"""Settings, addresses, command line and servers of an installation; nobody imports it."""
