"""A whole programme in one sealed file, and such a file as a programme again."""
