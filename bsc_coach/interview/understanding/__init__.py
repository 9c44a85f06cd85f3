"""Reading what people type as they mean it: non-answers, numbers, dates, roles and pasted lists; pure.

``understand`` is the one entry. Phrases are data, in prompts/lexicon/typed_LANGUAGE.toml.
"""
