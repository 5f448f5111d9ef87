#!/usr/bin/env python
"""The portal's command line: `manage.py start`, `manage.py help`."""
import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    try:
        from portal.console import run
    except ImportError as error:
        sys.exit(f"The portal is not installed in this Python ({error}): run '.venv/bin/pip install -e .' first.")
    sys.exit(run(sys.argv))


if __name__ == "__main__":
    main()
