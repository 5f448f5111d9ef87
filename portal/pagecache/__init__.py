"""The page cache: a WSGI application in front of Django that answers guests from memory (docs/operators.md).

`keys` says which requests it may answer and under which key, `entry` holds a page ready to be sent, `shelf` keeps
entries within a number of bytes, `due` knows when something is to appear or go, `application` puts them together.
"""
