"""The screens about people, one module for each kind of page."""

from kinward.people.views.children import open_child, show_children, show_form
from kinward.people.views.consents import ask_consent

__all__ = ["ask_consent", "open_child", "show_children", "show_form"]
