"""The same report gives the same findings in every format: text, Word, web page, Word with Excel, PDF."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.audit import audit_document
from assistant.document import Document
from assistant.reading import read, read_together
from assistant.resources import corpora_dir
from assistant.rules import load_rulebook
from tests.tools.formats import to_pdf, write_all

SAMPLES = {
    path.parent.name: path
    for path in sorted(corpora_dir().glob("samples/*/*.txt"), reverse=True)
    if path.parent.name != "damaged"
    and path.stem not in ("clean", "converted")  # what conversion does to a text is no format
}
PRINTED = ("hubei-final", "shanghai-budget", "tables-last", "yuan-tables")
BOOK = load_rulebook()


def told(document: Document) -> dict[str, tuple[str, str, str]]:
    """The findings by id: rule, what is stated and what is expected."""
    return {f.id: (f.rule, f.stated, f.expected) for f in audit_document(document, BOOK).findings}


@pytest.fixture(scope="module")
def plain() -> dict[str, dict[str, tuple[str, str, str]]]:
    """What is found in the text of each sample."""
    return {name: told(read(str(path))) for name, path in SAMPLES.items()}


@pytest.mark.parametrize("name", SAMPLES)
def test_word_excel_and_web_page(name, plain, tmp_path):
    assert plain[name], "the sample has errors to find"
    for form, files in write_all(SAMPLES[name], tmp_path).items():
        document = read_together([str(file) for file in files])
        assert told(document) == plain[name], form
        assert all(
            evidence.anchor
            for finding in audit_document(document, BOOK).findings[:3]
            for evidence in finding.evidence
            if evidence.line
        ), form


@pytest.fixture(scope="module")
def printed(tmp_path_factory) -> dict[str, Path]:
    """Some samples as PDF."""
    folder = tmp_path_factory.mktemp("pdf")
    files = {name: write_all(SAMPLES[name], folder)["docx"][0] for name in PRINTED}
    made = to_pdf(list(files.values()), folder)
    if not made:
        pytest.skip("LibreOffice is not installed")
    return dict(zip(files, made, strict=True))


@pytest.mark.parametrize("name", PRINTED)
def test_pdf(name, plain, printed):
    document = read(str(printed[name]))
    assert told(document) == plain[name]
    assert all(
        evidence.page
        for finding in audit_document(document, BOOK).findings
        for evidence in finding.evidence
        if evidence.line
    )
