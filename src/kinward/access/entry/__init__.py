"""How a session is opened, what it has proved, and what it keeps while it is locked."""
