"""Named reads: one unit's answer as a page, and what a round has brought together."""
