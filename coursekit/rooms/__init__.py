"""The rooms: places to try on a practice show, inn or weekend what the lessons teach."""
