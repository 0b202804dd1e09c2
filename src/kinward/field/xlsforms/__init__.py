"""Forms of the field as XLSForms, out and in, and what ODK and Kobo collected with them."""
