"""Decoding and encoding of pictures, in a process of its own that is held to its memory and time."""
