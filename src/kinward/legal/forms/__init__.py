"""The forms about papers, one module for each kind of thing."""

from kinward.legal.forms.documents import CheckForm, DocumentForm, NoteForm

__all__ = ["CheckForm", "DocumentForm", "NoteForm"]
