"""The checks of wording (W8xx), gathered for the register."""

from __future__ import annotations

from assistant.checks import (
    bare_figure,
    document_number,
    expired,
    hotline,
    idle_year,
    impossible_value,
    kind_words,
    level_words,
    near_term,
    numbering,
    outdated_subject,
    own_name,
    phrases,
    privacy,
    unfinished,
)

WORDING = (
    bare_figure.CHECK,
    document_number.CHECK,
    expired.CHECK,
    hotline.CHECK,
    idle_year.CHECK,
    impossible_value.CHECK,
    kind_words.CHECK,
    level_words.CHECK,
    near_term.CHECK,
    numbering.CHECK,
    outdated_subject.CHECK,
    own_name.CHECK,
    phrases.CHECK,
    privacy.CHECK,
    unfinished.CHECK,
)
