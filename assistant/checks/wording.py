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
    known_title,
    level_words,
    near_term,
    numbering,
    odd_year,
    opening_year,
    outdated_subject,
    own_name,
    phrases,
    privacy,
    title_year,
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
    known_title.CHECK,
    level_words.CHECK,
    near_term.CHECK,
    numbering.CHECK,
    odd_year.CHECK,
    opening_year.CHECK,
    outdated_subject.CHECK,
    own_name.CHECK,
    phrases.CHECK,
    privacy.CHECK,
    title_year.CHECK,
    unfinished.CHECK,
)
