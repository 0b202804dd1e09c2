"""What the pages of the log say in words."""
