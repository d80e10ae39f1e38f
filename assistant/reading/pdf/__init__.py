"""PDF files: characters and ruling lines to paragraphs and tables."""

from assistant.reading.pdf.reader import read_pdf

__all__ = ["read_pdf"]
