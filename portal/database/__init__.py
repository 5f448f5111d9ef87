"""Django's own backend for PostgreSQL, with less talk; named by settings.DATABASES."""
