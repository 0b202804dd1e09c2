"""The screens about people, one module for each kind of page."""

from kinward.core.pages import show_form
from kinward.people.views.children import duplicates_of, open_child, show_children
from kinward.people.views.consents import ask_consent

__all__ = ["ask_consent", "duplicates_of", "open_child", "show_children", "show_form"]
