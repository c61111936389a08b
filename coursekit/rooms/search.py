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


def search(value, starts, changes, kicks, rng, say=None):
    """The best state found from several starts, and its value: each is climbed, then the best is kicked and climbed again.

    A kick is a few decisions taken at random, so that the search leaves the hill it stands on. value, changes, say:
    as for `climb`; kicks: how often; rng: a numpy generator, so that the same search finds the same.

    >>> import numpy as np
    >>> hills = [0, 3, 1, 0, 2, 9, 2]
    >>> steps = [lambda x: [max(x - 1, 0), min(x + 1, 6)]]
    >>> climb(hills.__getitem__, 0, steps), search(hills.__getitem__, [0], steps, 9, np.random.default_rng(1))
    ((1, 3), (5, 9))
    """
    state, best = max((climb(value, start, changes, say) for start in starts), key=lambda pair: pair[1])
    for _ in range(kicks):
        other = state
        for place in rng.choice(len(changes), rng.integers(2, 2 * len(changes) + 1)):
            others = list(changes[place](other))
            other = others[rng.integers(len(others))] if others else other
        other, found = climb(value, other, changes)
        if found > best:
            state, best = other, found
        if say:
            say(best)
    return state, best
