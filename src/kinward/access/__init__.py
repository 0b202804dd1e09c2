"""Access: users, roles, permissions, compartments."""
