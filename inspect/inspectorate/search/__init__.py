"""Search in a million rows by one, two or three Chinese characters, a code or a part of a number (docs/search.md).

``grams`` cuts text up, ``searched`` says what each model lets be searched, ``entries`` keeps the index, ``finding``
asks it.
"""
