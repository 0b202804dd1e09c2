"""The screens of placement, one module for each kind of page."""
