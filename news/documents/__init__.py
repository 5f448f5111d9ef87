"""Looking into documents before the library takes them: what they are, and what must not be in them."""
