"""The screens about papers, one module for each kind of page."""
