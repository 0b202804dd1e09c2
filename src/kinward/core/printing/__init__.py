"""Documents on paper: written as pages, made into tagged PDF, and known again by their code."""

from kinward.core.printing.codes import matrix_uri, new_code, plain_code
from kinward.core.printing.pages import Sheet, digest_of, marked, pdf, watermark, written

__all__ = [
    "Sheet",
    "digest_of",
    "marked",
    "matrix_uri",
    "new_code",
    "pdf",
    "plain_code",
    "watermark",
    "written",
]
