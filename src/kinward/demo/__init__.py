"""Demo: the made-up caseload and its loader; uses only actions."""
