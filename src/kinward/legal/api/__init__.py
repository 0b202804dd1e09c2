"""A child's papers for machines, one module for each noun: best interests, documents, and so on."""

from kinward.legal.api import best, documents, evidence, nationality

routers = (best.router, documents.router, evidence.router, nationality.router)
