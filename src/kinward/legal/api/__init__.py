"""A child's papers for machines, one module for each noun: best interests, documents, evidence."""

from kinward.legal.api import best, documents, evidence

routers = (best.router, documents.router, evidence.router)
