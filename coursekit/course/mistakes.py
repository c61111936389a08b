"""The text of a cell that names a mistake."""

from coursekit.errors import Plain


def message_of(source):
    """The answer's name, the slug and the message of a ``%%mistake`` cell.

    >>> message_of("%%mistake rate pooled\\n# You pooled the sources.\\n# Keep them apart.\\nrate = 1")
    ('rate', 'pooled', 'You pooled the sources. Keep them apart.')
    """
    first, *lines = source.splitlines()
    words = first.split()[1:]
    if len(words) != 2:
        raise Plain(f"%%mistake is followed by the answer's name and a slug; here stands: {first!r}.")
    comments = []
    for text in lines:
        if not text.startswith("#"):
            break
        comments.append(text.lstrip("# ").strip())
    if not comments:
        raise Plain(f"The mistake {words[1]} has no message: begin the cell with a comment that names the mistake.")
    return words[0], words[1], " ".join(comments)
