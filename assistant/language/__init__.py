"""The language pipeline: a blank spaCy pipeline with our tokenizer (quantities, then terms, then jieba) and patterns."""
