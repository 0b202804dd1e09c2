"""How alike two words sound, whatever their scripts, in bits: learned, not guessed.

A word of one script is a word of another, unit by unit: "sh" is «ш» is «ش», a short vowel is
nothing at all. How often each unit meets each other was counted on public pairs of spellings of one
name (a joint multigram model, Deligne and Bimbot 1995, trained by `tools/train_names.py`). The
bits of two words are log2 of how much likelier they are as one name than as two words that just
happen to look like this.
"""

from kinmatch.names.sounds.units import (
    ACROSS,
    NOTHING,
    Spelled,
    bits_between,
    itself,
    resemblance,
    sound_bits,
    spell,
    spell_by_script,
)

__all__ = [
    "ACROSS",
    "NOTHING",
    "Spelled",
    "bits_between",
    "itself",
    "resemblance",
    "sound_bits",
    "spell",
    "spell_by_script",
]
