"""Django's PostgreSQL backend, which also announces each transaction that begins."""
