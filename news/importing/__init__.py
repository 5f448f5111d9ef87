"""Articles from files: JSON lines, and text pages of the old portal."""
