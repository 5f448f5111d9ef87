"""Word files as drafts: checked and converted in a process of their own, which may use so much and no more."""
