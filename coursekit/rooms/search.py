"""Looking for a good plan: from a start, one change at a time, as long as something is gained."""


def climb(values, start, changes, say=None):
    """The best state that is reached from a start, and its value.

    values: a function of a list of states, the value of each, to be made as large as can be. changes: functions, each
    of which gives the states to which one decision can lead from a state; the best of them is taken when it is better
    than what is there. Ends when no decision brings more. say is called after each round with the value.

    >>> climb(lambda states: [-(x - 3) ** 2 for x in states], 10, [lambda x: [x - 1, x + 1]])
    (3, 0)
    """
    state, best, before = start, values([start])[0], None
    while before is None or best > before:
        before = best
        for change in changes:
            others = list(change(state))
            found = max(zip(values(others), range(0, -len(others), -1), strict=True), default=(best, 0))
            if found[0] > best:
                best, state = found[0], others[-found[1]]
        if say:
            say(best)
    return state, best


def search(values, starts, changes, kicks, rng, say=None):
    """The best state found from several starts, and its value: each is climbed, then the best is kicked and climbed again.

    A kick is a few decisions taken at random, so that the search leaves the hill it stands on. values, changes, say:
    as for `climb`; kicks: how often; rng: a numpy generator, so that the same search finds the same.

    >>> import numpy as np
    >>> hills = [0, 3, 1, 0, 2, 9, 2]
    >>> steps, heights = [lambda x: [max(x - 1, 0), min(x + 1, 6)]], lambda places: [hills[x] for x in places]
    >>> climb(heights, 0, steps), search(heights, [0], steps, 9, np.random.default_rng(1))
    ((1, 3), (5, 9))
    """
    state, best = max((climb(values, start, changes, say) for start in starts), key=lambda pair: pair[1])
    for _ in range(kicks):
        other = state
        for place in rng.choice(len(changes), rng.integers(2, 2 * len(changes) + 1)):
            others = list(changes[place](other))
            other = others[rng.integers(len(others))] if others else other
        other, found = climb(values, other, changes)
        if found > best:
            state, best = other, found
        if say:
            say(best)
    return state, best
