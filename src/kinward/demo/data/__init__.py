"""The made-up caseload as data: families, texts, accounts."""
