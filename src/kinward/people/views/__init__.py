"""The screens about people, one module for each kind of page."""

from kinward.people.views.children import duplicates_of, open_child, show_children, show_form
from kinward.people.views.consents import ask_consent

__all__ = ["ask_consent", "duplicates_of", "open_child", "show_children", "show_form"]
