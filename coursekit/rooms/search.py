"""Looking for a good plan: from a start, one change at a time, as long as something is gained."""


def climb(value, start, changes, say=None):
    """The best state that is reached from a start, and its value.

    value: a function of a state, to be made as large as can be. changes: functions, each of which gives the
    states to which one decision can lead from a state; the best of them is taken when it is better than
    what is there. Ends when no decision brings more. say is called after each round with the value.

    >>> climb(lambda x: -(x - 3) ** 2, 10, [lambda x: [x - 1, x + 1]])
    (3, 0)
    """
    state, best, before = start, value(start), None
    while before is None or best > before:
        before = best
        for change in changes:
            others = [(value(other), -place, other) for place, other in enumerate(change(state))]
            found = max(others, default=(best, 0, state), key=lambda o: o[:2])
            if found[0] > best:
                best, _, state = found
        if say:
            say(best)
    return state, best
