"""What is typed into a form before anything else: that somebody agrees to be looked for."""

CONSENT = {
    "consent-state": "given",
    "consent-giver": "child",
    "consent-form_version": "2018-11",
    "consent-language": "ar",
}
RELATIVES_CONSENT = CONSENT | {"consent-giver": "relative", "consent-language": "ru"}
