"""What editors see: the register, the programme and its releases, the public page."""
