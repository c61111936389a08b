"""Coupons over inns and nights: a simple rule, a linear program, and what either brings.

What a plan brings, inn by inn and night by night, in yuan:

    coupons that hold a room * chance of coming * (what a coupon guest pays - variable cost)
    - full-price guests displaced * (usual price - variable cost)

A room held for a coupon cannot be sold to anybody else, whether or not the coupon guest comes. The first
coupon of a night takes the last of its free rooms, and displaces a full-price guest only if so many of them
come; the second takes the last but one. How many full-price guests come is a matter of chance: `expected`
on average, each alone (Poisson distribution). So each further coupon of a night brings less than the one
before. (The same reasoning sets booking limits of airlines and hotels: Netessine & Shumsky 2002.)
"""

import numpy as np
import pandas as pd

from coursekit.errors import Plain

ANY = "any"  # a wish that every kind of night fulfills


def at_least(expected, guests):
    """The chance that so many guests come, or more, when so many are expected on average.

    Each guest decides alone (Poisson distribution; scipy). expected: a number, or many; guests: a whole
    number, or many. Returns a share from 0 to 1, or as many.

    >>> [round(float(at_least(1.5, guests)), 3) for guests in (0, 1, 2, 3)]
    [1.0, 0.777, 0.442, 0.191]
    """
    from scipy.stats import poisson

    if np.any(np.asarray(expected) < 0):
        raise Plain("Fewer than 0 guests are expected. Expected is an average from 0 up, such as 1.5.")
    if np.any(np.asarray(guests) % 1 != 0):
        raise Plain("`guests` is not a whole number. Give the expected number first, then the guests, such as at_least(1.5, 3).")
    return poisson.sf(np.asarray(guests) - 1, expected)


def what_it_brings(plan, nights, show, pays):
    """What a plan brings: coupons placed, nights held and used, full-price guests displaced, and the money.

    plan: one row an inn, first night and kind of coupon, with the columns inn, date, nights (of one such
    coupon) and coupons (how many), as `allot_greedy` and `allot_best` return it. nights: one row an inn and
    night with inn, date, night (its kind), free_rooms, expected (full-price rooms still to come), rate and
    variable_cost (yuan a night). show: the share of coupon guests who come, by kind of night. pays: what a
    coupon guest pays, as a share of the rate. Returns a Series: coupons, inns (that have one), room_nights
    (held for them), used and displaced (on average), and in yuan guests_bring, displaced_cost and brings.
    A plan that holds more rooms than are free, or one on a blackout night, is refused.

    >>> inn = {"inn": "A", "night": "weekend", "free_rooms": 2, "expected": 1.5, "rate": 200, "variable_cost": 80}
    >>> nights = pd.DataFrame([inn | {"date": "2026-03-20"}])
    >>> plan = pd.DataFrame([{"inn": "A", "date": "2026-03-20", "nights": 1, "coupons": 2}])
    >>> what_it_brings(plan, nights, {"weekend": 0.9}, 0.6)[["used", "displaced", "guests_bring", "displaced_cost", "brings"]].tolist()
    [1.8, 1.219044, 72.0, 146.285333, -74.285333]
    """
    houses = _Houses(nights, show, pays)
    held = houses.held(plan)
    room = np.arange(1, held.max(initial=0) + 1)[:, None, None]
    displaced = np.where(room <= held, at_least(houses.expected, houses.free - room + 1), 0).sum(axis=0)
    used, guests = (held * houses.show).sum(), (held * houses.value).sum()
    cost = (displaced * houses.full).sum()
    with_coupon = plan.loc[plan["coupons"] > 0, "inn"].nunique()
    return pd.Series({
        "coupons": float(plan["coupons"].sum()), "inns": float(with_coupon), "room_nights": float(held.sum()),
        "used": float(used), "displaced": float(displaced.sum()), "guests_bring": float(guests),
        "displaced_cost": float(cost), "brings": float(guests - cost),
    }).round(6)  # fmt: skip


def allot_greedy(coupons, nights, *, keep=False, turn=False):
    """One coupon after the other, in the order of the table, to the first free room that fits its wish.

    Tried first is the first night of the wish, on it the first inn of the coupon's area in the order of the
    table. keep: leave the rooms that full-price guests are expected to take, rounded up. turn: every inn in
    its turn, the one with the fewest coupons so far first, on the first night that it can give.
    coupons: one row a coupon with area, wish (a kind of night, or "any") and nights. nights: as for
    `what_it_brings`, with area and blackout (True where no coupon holds). A coupon for two nights needs a
    room on two nights that follow each other, both of the wished kind. Returns inn, date (first night),
    area, wish, nights, coupons; a coupon that fits nowhere is not in it.

    >>> nights = pd.DataFrame({"inn": ["A", "A", "B", "B"], "area": "lake", "date": pd.to_datetime(["2026-03-20", "2026-03-21"] * 2),
    ...     "night": "weekend", "blackout": False, "free_rooms": [1, 1, 2, 1], "expected": 0.0})
    >>> coupons = pd.DataFrame({"area": "lake", "wish": "weekend", "nights": [1, 2, 1, 1]})
    >>> allot_greedy(coupons, nights)[["inn", "date", "nights", "coupons"]]
      inn       date  nights  coupons
    0   A 2026-03-20       1        1
    1   A 2026-03-21       1        1
    2   B 2026-03-20       1        1
    3   B 2026-03-20       2        1
    """
    _columns(coupons, ["area", "wish", "nights"], "coupons")
    find, rows = _in_turn if turn else _first, []
    for area, own, house in _areas(coupons, nights):
        left, stays = house.open(keep), {}
        given = np.zeros(len(left), int)
        for wish, length in zip(own["wish"], own["nights"], strict=True):
            if (wish, length) not in stays:
                stays[wish, length] = np.add.outer(house.starts(wish, length), np.arange(length))
            nights_of = stays[wish, length]
            if not len(nights_of) or not _fits(left, nights_of).any():
                continue
            inn, stay = find(left, given, nights_of)
            left[inn, nights_of[stay]] -= 1
            given[inn] += 1
            rows.append((house.names[inn], house.dates[nights_of[stay, 0]], area, wish, length, 1))
    return _plan(rows, nights)


def _fits(left, stays):
    """Which inns (rows) have a room on all nights of which stays (columns); stays: the nights of each."""
    return left[:, stays].min(axis=2) >= 1


def _first(left, given, stays):
    """The first stay that suits, in the first inn with a room."""
    fits = _fits(left, stays)
    stay = int(np.argmax(fits.any(axis=0)))
    return int(np.argmax(fits[:, stay])), stay


def _in_turn(left, given, stays):
    """The inn with the fewest coupons so far that has a room, and the first stay that it can give."""
    fits = _fits(left, stays)
    inn = int(np.argmin(np.where(fits.any(axis=1), given, np.iinfo(int).max)))
    return inn, int(np.argmax(fits[inn]))


def allot_best(coupons, nights, show, pays, *, floor=0, most=None):
    """The plan that brings most within all limits, by a linear program (HiGHS, through scipy).

    coupons, nights: as for `allot_greedy`, with rate and variable_cost; show, pays: as for `what_it_brings`.
    floor: every inn gets at least so many coupons, or as many as it has free room nights when these are
    fewer. most: no inn gets more. No coupon holds on a blackout night, and no night of an inn has more
    coupons than free rooms. A coupon that could only be placed at a loss is not placed, unless the floor
    wants it. Areas do not touch each other, so each is a program of its own. Its answer is in whole coupons
    as a rule; where it is not, branch and bound (HiGHS) finds the best whole one. Returns a table as `allot_greedy` does.

    >>> nights = pd.DataFrame({"inn": ["A", "A", "B", "B"], "area": "lake", "date": pd.to_datetime(["2026-03-20", "2026-03-21"] * 2),
    ...     "night": "weekend", "blackout": False, "free_rooms": 2, "expected": [1.0, 0, 2, 0], "rate": [300, 300, 200, 200],
    ...     "variable_cost": [100, 100, 80, 80]})
    >>> coupons = pd.DataFrame({"area": "lake", "wish": "weekend", "nights": [1, 1, 1, 1]})
    >>> allot_best(coupons, nights, {"weekend": 0.9}, 0.6)[["inn", "date", "coupons"]]
      inn       date  coupons
    0   A 2026-03-21        2
    1   B 2026-03-21        2
    """
    _columns(coupons, ["area", "wish", "nights"], "coupons")
    if floor < 0 or floor != floor // 1:
        raise Plain(f"The floor is {floor}. Expected is a whole number of coupons from 0 up.")
    if most is not None and most < floor:
        raise Plain(f"No inn shall get more than {most}, and every inn at least {floor}. Lower the floor, or raise the most.")
    rows = []
    for area, own, house in _areas(coupons, nights, show, pays):
        rows.extend(_Program(area, own, house, floor, most).solve())
    return _plan(rows, nights)


class _Program:
    """The linear program of one area.

    Unknown are the rooms given to coupons on each night of each inn (z, one by one, each
    worth less than the one before), the coupons for several nights that start on each night of each inn (x), and how many coupons of
    each wish are used for each kind of stay (y). What is left of the rooms given are coupons for one night.
    """

    def __init__(self, area, coupons, house, floor, most):
        self.area, self.house, self.floor, self.most = area, house, floor, most
        self.supply = {(wish, int(n)): int(many) for (wish, n), many in coupons.groupby(["wish", "nights"]).size().items()}
        self.free = house.open(False)
        self.least = np.minimum(floor, self.free.sum(axis=1))
        wanted, there = int(self.least.sum()), sum(self.supply.values())
        if wanted > there:
            raise Plain(
                f"A floor of {floor} cannot be kept in the area {area}: its inns need {wanted} coupons, and {there} were bought "
                "for it. Lower the floor."
            )
        self.stays()
        self.rooms()

    def stays(self):
        """x: every stay of several nights that some wish allows, in an inn with a room on each of its nights."""
        found, kinds = [np.empty((0, 3), int)], []
        for n in sorted({n for _, n in self.supply if n > 1}):
            for first in self.house.starts(ANY, n):
                kind = self.house.kind(first, n)
                if (kind, n) in self.supply or (ANY, n) in self.supply:
                    inns = np.flatnonzero(self.free[:, first : first + n].min(axis=1) >= 1)
                    found.append(np.column_stack([inns, np.full(len(inns), first), np.full(len(inns), n)]))
                    kinds += [kind] * len(inns)
        self.x, self.x_kind = np.concatenate(found), np.array(kinds, dtype=object)

    def rooms(self):
        """z: each free room of each night, and what a coupon in it brings."""
        room = np.arange(1, self.free.max(initial=0) + 1)[:, None, None]
        used = room <= self.free
        self.z_inn, self.z_day = (np.broadcast_to(at, used.shape)[used] for at in np.indices(self.free.shape))
        wanted = at_least(self.house.expected, self.house.free - room + 1)
        self.z_worth = (self.house.value - self.house.full * wanted)[used]
        # y: which wish is used for which kind of stay.
        kinds = {(1, self.house.kinds[day]) for day in np.unique(self.z_day)}
        kinds |= set(zip(self.x[:, 2].tolist(), self.x_kind, strict=True))
        self.y = [(wish, n, kind) for wish, n in self.supply for m, kind in sorted(kinds) if m == n and wish in (ANY, kind)]

    def solve(self):
        """The rows of the best plan, in whole coupons."""
        from scipy.optimize import linprog

        if not self.least.any() and not self.y:
            return []
        program = self.build()
        best = self.sifted(program)
        if best is not None and np.abs(best - np.round(best)).max() > 1e-6:
            # Rare: two limits meet so that halves would bring most.
            best = linprog(**program, method="highs", integrality=1).x
        if best is None:
            raise Plain(
                f"The limits cannot all be kept in the area {self.area}: its coupons ask for other nights than those on which "
                f"its inns have free rooms, so that some inn stays below the floor of {self.floor}. Lower the floor"
                + (", or raise the most." if self.most is not None else ".")
            )
        x, z, y = np.split(np.round(best).astype(int), np.cumsum([len(self.x), len(self.z_inn)]))
        return self.named(x, z, y)

    def sifted(self, program):
        """The solution, by sifting: with the likely unknowns first, then with all that would still bring more (three times as fast)."""
        from scipy.optimize import linprog

        limits, equal, kept = program["A_ub"], program["A_eq"], self.likely()
        while True:
            few = {"c": program["c"][kept], "A_ub": limits[:, kept], "A_eq": equal[:, kept], "bounds": program["bounds"][kept]}
            found = linprog(**program | few, method="highs-ds")
            if not found.success and kept.all():
                return None
            more = ~kept
            if found.success:
                # What an unknown brings, less what it takes from the limits, at the prices that the solution puts on them.
                more &= program["c"] - limits.T @ found.ineqlin.marginals - equal.T @ found.eqlin.marginals < -1e-7
                if not more.any():
                    best = np.zeros(len(kept))
                    best[kept] = found.x
                    return best
            kept = kept | more

    def likely(self):
        """The unknowns to begin with: of each kind of night the rooms worth most, of the whole area and of each inn."""
        kind = pd.factorize(self.house.kinds)[0][self.z_day]
        worth, need = pd.Series(-self.z_worth), sum(n * many for (_, n), many in self.supply.items())
        z = (worth.groupby(kind).rank(method="first") <= 2 * need) | (
            worth.groupby([self.z_inn, kind]).rank(method="first") <= self.floor + 4
        )
        open_night = np.zeros((self.free.shape[0], self.free.shape[1] + 1), int)
        open_night[self.z_inn[z], self.z_day[z] + 1] = 1
        open_nights, (inn, first, n) = open_night.cumsum(axis=1), self.x.T
        x = open_nights[inn, first + n] - open_nights[inn, first] == n
        return np.concatenate([x, z, np.ones(len(self.y), bool)])

    def build(self):
        """The goal and the limits of all unknowns, x before z before y, as `linprog` wants them."""
        from scipy import sparse

        (inns, days), (x_inn, x_first, length) = self.free.shape, self.x.T
        many_x, many_z, many_y = len(self.x), len(self.z_inn), len(self.y)
        total = many_x + many_z + many_y

        def matrix(parts, rows):
            values, at, columns = (np.concatenate(some) for some in zip(*parts, strict=True))
            return sparse.csr_array((values.astype(float), (at, columns)), shape=(rows, total))

        # Each night of each stay, and each room given: on which night (a row), which unknown (a column).
        stay = np.repeat(np.arange(many_x), length)
        night = np.repeat(x_first, length) + np.arange(len(stay)) - np.repeat(np.cumsum(length) - length, length)
        z_column = many_x + np.arange(many_z)
        rooms_left = matrix(
            [
                (np.ones(len(stay)), x_inn[stay] * days + night, stay),
                (-np.ones(many_z), self.z_inn * days + self.z_day, z_column),
            ],
            inns * days,
        )
        # Stays of each kind are made of the wishes that allow it; a night that no wish for one night allows has no such coupon.
        groups = sorted({use[1:] for use in self.y} | {(1, kind) for kind in set(self.house.kinds)})
        number = {group: k for k, group in enumerate(groups)}
        kinds = np.array([number[1, kind] for kind in self.house.kinds])
        of_kind = matrix(
            [
                (np.ones(many_z), kinds[self.z_day], z_column),
                (-np.ones(len(stay)), kinds[night], stay),
                (
                    np.ones(many_x),
                    np.array([number[n, k] for n, k in zip(length, self.x_kind, strict=True)], int),
                    np.arange(many_x),
                ),
                (-np.ones(many_y), np.array([number[use[1:]] for use in self.y], int), many_x + many_z + np.arange(many_y)),
            ],
            len(groups),
        )
        bought = {key: k for k, key in enumerate(self.supply)}
        wishes = matrix(
            [(np.ones(many_y), np.array([bought[u[:2]] for u in self.y], int), many_x + many_z + np.arange(many_y))], len(bought)
        )
        per_inn = matrix([(np.ones(many_z), self.z_inn, z_column), (1 - length, x_inn, np.arange(many_x))], inns)
        limits = [(rooms_left, np.zeros(inns * days)), (wishes, np.array(list(self.supply.values()), float))]
        if self.least.any():
            limits.append((-per_inn, -self.least.astype(float)))
        if self.most is not None:
            limits.append((per_inn, np.full(inns, float(self.most))))
        top = np.full(total, np.inf)
        top[z_column] = 1
        goal = np.zeros(total)
        goal[z_column] = -self.z_worth
        return {
            "c": goal, "A_ub": sparse.vstack([a for a, _ in limits]).tocsr(), "b_ub": np.concatenate([b for _, b in limits]),
            "A_eq": of_kind, "b_eq": np.zeros(len(groups)), "bounds": np.c_[np.zeros(total), top],
        }  # fmt: skip

    def named(self, x, z, y):
        """One row for every inn, first night and wish: the wish for that very kind of night is used up first."""
        single = np.zeros(self.free.shape, int)
        np.add.at(single, (self.z_inn, self.z_day), z)
        for (inn, first, n), many in zip(self.x, x, strict=True):
            single[inn, first : first + n] -= many
        placed = [(i, t, 1, single[i, t], self.house.kinds[t]) for i, t in zip(*np.nonzero(single), strict=True)]
        placed += [(*self.x[k], x[k], self.x_kind[k]) for k in np.flatnonzero(x)]
        left = dict(zip(self.y, y.tolist(), strict=True))
        for inn, first, n, many, kind in placed:
            for wish in (kind, ANY):
                taken = min(many, left.get((wish, n, kind), 0))
                if taken:
                    left[wish, n, kind] -= taken
                    many -= taken
                    yield self.house.names[inn], self.house.dates[first], self.area, wish, int(n), int(taken)


class _Houses:
    """Inns by nights as arrays."""

    def __init__(self, nights, show=None, pays=None):
        wanted = ["inn", "date", "night", "free_rooms", "expected"] + (["rate", "variable_cost"] if show is not None else [])
        _columns(nights, wanted, "nights")
        if nights.duplicated(["inn", "date"]).any():
            raise Plain("An inn and night stands in `nights` more than once. Expected is one row an inn and night.")
        inns, self.names = pd.factorize(nights["inn"])
        days, self.dates = pd.factorize(nights["date"], sort=True)
        self.shape = (len(self.names), len(self.dates))
        self.at = (inns, days)
        self.free, self.expected = self.grid(nights["free_rooms"]), self.grid(nights["expected"])
        if (nights["free_rooms"] < 0).any() or (nights["expected"] < 0).any():
            raise Plain("A night has fewer than 0 free or expected rooms. Expected are numbers from 0 up.")
        if (nights["free_rooms"] % 1 != 0).any():
            raise Plain("The column `free_rooms` has a number that is not whole. Expected are whole rooms from 0 up.")
        self.shut = np.ones(self.shape, bool)
        self.shut[self.at] = nights["blackout"].to_numpy(bool) if "blackout" in nights else False
        self.kinds = np.empty(len(self.dates), dtype=object)
        self.kinds[days] = nights["night"].to_numpy(dtype=object)
        if (self.kinds[days] != nights["night"].to_numpy(dtype=object)).any():
            raise Plain("The column `night` gives one date two kinds of night. Expected is one kind for each date.")
        # A stay cannot reach over a date that is missing.
        stamps = pd.to_datetime(pd.Series(self.dates))
        self.next = (stamps.diff().dt.days == 1).to_numpy()
        if show is not None:
            self.price(nights, show, pays)

    def grid(self, column):
        grid = np.zeros(self.shape)
        grid[self.at] = column.to_numpy(float)
        return grid

    def price(self, nights, show, pays):
        """What one coupon leaves on each night, and what a full-price guest leaves."""
        show = dict(show)
        if not 0 <= pays <= 1:
            raise Plain(f"`pays` is {pays}. Expected is the share of the usual price that a coupon guest pays, from 0 to 1.")
        open_kinds = {k for k, shut in zip(self.kinds, self.shut.all(axis=0), strict=True) if not shut}
        for kind in sorted(open_kinds - set(show)):
            raise Plain(f"`show` does not say how many come on a {kind} night. Expected is a share for every kind of night.")
        for kind, share in show.items():
            if not 0 <= share <= 1:
                raise Plain(f"`show` says {share} for {kind}. Expected is a share from 0 to 1, such as 0.9 for 90 %.")
        self.show = np.array([show.get(k, 0.0) for k in self.kinds], float)
        rate, cost = self.grid(nights["rate"]), self.grid(nights["variable_cost"])
        self.value, self.full = self.show * (pays * rate - cost), rate - cost

    def open(self, keep):
        """Rooms that coupons may have, inns by nights, as whole numbers."""
        rooms = np.floor(self.free - self.expected + 1e-9) if keep else self.free
        return np.where(self.shut, 0, np.maximum(rooms, 0)).astype(int)

    def starts(self, wish, length):
        """The first nights of stays of so many nights that a wish allows."""
        good = [wish in (ANY, kind) for kind in self.kinds]
        return [
            first
            for first in range(len(self.dates) - length + 1)
            if all(good[first : first + length]) and self.next[first + 1 : first + length].all()
        ]

    def kind(self, first, length):
        """The kind of all nights of a stay, or "mixed"."""
        kinds = set(self.kinds[first : first + length])
        return kinds.pop() if len(kinds) == 1 else "mixed"

    def held(self, plan):
        """Rooms held for coupons, inns by nights; stops at a plan that breaks a limit."""
        _columns(plan, ["inn", "date", "nights", "coupons"], "plan")
        held = np.zeros(self.shape)
        inns, days = pd.Index(self.names).get_indexer(plan["inn"]), pd.Index(self.dates).get_indexer(plan["date"])
        for k in range(int(plan["nights"].max()) if len(plan) else 0):
            more = (plan["nights"] > k).to_numpy()
            if (inns < 0).any() or (days < 0).any() or (days[more] + k >= self.shape[1]).any():
                raise Plain("The plan places a coupon in an inn or on a night that is not in `nights`.")
            np.add.at(held, (inns[more], days[more] + k), plan["coupons"].to_numpy()[more])
        room = np.where(self.shut, 0, self.free)
        if (held > room).any():
            inn, day = np.argwhere(held > room)[0]
            raise Plain(
                f"The plan holds {held[inn, day]:.0f} rooms for coupons in {self.names[inn]} on {pd.Timestamp(self.dates[day]):%Y-%m-%d}, "
                f"where coupons may have {room[inn, day]:.0f}. Place no more coupons than free rooms, and none on a blackout date."
            )
        return held


def _areas(coupons, nights, show=None, pays=None):
    """Each area with its coupons and its inns."""
    _columns(nights, ["area", "blackout"], "nights")
    for area, own in nights.groupby("area", sort=False):
        yield area, coupons[coupons["area"] == area], _Houses(own, show, pays)


def _columns(table, names, which):
    missing = [name for name in names if name not in table]
    if missing:
        raise Plain(f"The table `{which}` has no column `{missing[0]}`. Join the table that holds it first.")


def _plan(rows, nights):
    """Rows added up and put in order, with the types of the tables they come from."""
    plan = pd.DataFrame(rows, columns=["inn", "date", "area", "wish", "nights", "coupons"])
    plan = plan.astype({"inn": nights["inn"].dtype, "date": nights["date"].dtype, "nights": int, "coupons": int})
    return plan.groupby(["inn", "date", "area", "wish", "nights"], as_index=False)["coupons"].sum()
