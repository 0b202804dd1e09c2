"""Legal: court permissions and guardianship, as far as the way home needs them."""
