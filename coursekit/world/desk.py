"""The front desk: which requests get a room, who is walked, night by night, many inns at a time.

Every inn takes its own events in their order; the k-th events of all inns are handled together,
so that the work is done by arrays however many inns there are.
"""

import numpy as np

CANCEL, REQUEST, CHECK_IN = 0, 1, 2


def serve(requests, capacity, overbooking, until):
    """What became of each request: the nights it got (0: none) and whether the guest was walked.

    requests: a dictionary of arrays, one entry a request, sorted by inn: inn (0, 1, …), night and
    nights of the stay, booked and cancelled (times in days; cancelled is infinite for those who
    never do), comes (False for a no-show). capacity: rooms by inn and night. overbooking: rooms
    that are sold beyond capacity when a request comes, one number a request or one for all. until: the last day
    that has happened.

    A request gets the nights from its arrival on for which fewer rooms are sold than may be: who finds
    a later night full stays shorter, who finds the first night full is refused. Guests check in at the
    end of the day of their arrival; one who finds no free room is walked to another inn.

    >>> two = {"inn": [0, 0], "night": [0, 0], "nights": [1, 2], "booked": [-3.5, -1.2],
    ...        "cancelled": [np.inf, np.inf], "comes": [True, True]}
    >>> serve(two, np.array([[1, 1, 1]]), 0, 2)
    (array([1, 0]), array([False, False]))
    >>> serve(two, np.array([[1, 1, 1]]), 1, 2)
    (array([1, 2]), array([False,  True]))
    >>> serve(two | {"night": [1, 0]}, np.array([[1, 1, 1]]), 0, 2)
    (array([1, 1]), array([False, False]))
    """
    inn, night, nights = (np.asarray(requests[k]) for k in ("inn", "night", "nights"))
    booked, cancelled, comes = (np.asarray(requests[k]) for k in ("booked", "cancelled", "comes"))
    count, days = len(inn), capacity.shape[1]
    number = np.arange(count)
    # The events of all inns, each inn's in order of time.
    cancels, arrives = np.flatnonzero(cancelled < until + 1), np.flatnonzero(night <= until)
    what = np.concatenate([np.full(count, REQUEST), np.full(len(cancels), CANCEL), np.full(len(arrives), CHECK_IN)])
    whose = np.concatenate([number, cancels, arrives])
    when = np.concatenate([booked, cancelled[cancels], night[arrives] + 0.999])
    order = np.lexsort((when, inn[whose]))
    what, whose = what[order], whose[order]
    many = np.bincount(inn[whose], minlength=len(capacity))
    start = np.r_[0, np.cumsum(many)[:-1]]
    busiest = np.argsort(-many, kind="stable")
    busy = np.searchsorted(-many[busiest], -np.arange(many.max(initial=0)), side="left")

    # A column beyond the last day is always free: short stays point there for the nights they lack.
    step = np.arange(nights.max(initial=1))
    stay = np.where(step < nights[:, None], night[:, None] + step, days)
    rooms = np.pad(capacity, ((0, 0), (0, 1)), constant_values=count + 1)
    more = np.broadcast_to(overbooking, count)
    sold, inside = np.zeros_like(rooms), np.zeros_like(rooms)
    got, walked, gone = np.zeros(count, int), np.zeros(count, bool), np.zeros(count, bool)
    for k in range(len(busy)):
        at = busiest[: busy[k]]
        event = start[at] + k
        guest, kind = whose[event], what[event]
        row, nights_of, asks = at[:, None], stay[guest], kind == REQUEST
        there = rooms[row, nights_of]
        # A night when every room is closed is not sold at all.
        limit = np.where(there > 0, there + more[guest][:, None], 0)
        left = np.minimum.accumulate(sold[row, nights_of] < limit, axis=1)
        run = np.minimum(left.sum(axis=1), nights[guest])
        got[guest[asks]] = run[asks]
        nights_of = np.where(asks[:, None] & (step >= run[:, None]), days, nights_of)
        stay[guest[asks]] = nights_of[asks]
        granted, had = asks & (run > 0), got[guest] > 0
        leaves = (kind == CANCEL) & had
        gone[guest[leaves]] = True
        due = (kind == CHECK_IN) & had & ~gone[guest]
        enters = due & comes[guest]
        roomy = (inside[row, nights_of] < rooms[row, nights_of]).all(axis=1)
        walked[guest[enters & ~roomy]] = True
        released = leaves | (due & ~(enters & roomy))
        sold[row, nights_of] += (granted.astype(int) - released)[:, None]
        inside[row, nights_of] += (enters & roomy)[:, None]
    return got, walked
