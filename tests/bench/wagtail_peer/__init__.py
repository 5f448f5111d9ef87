"""The same articles as pages of Wagtail, for `peer.py`: what its own tutorial teaches, without an N+1 query."""
