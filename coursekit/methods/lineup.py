"""Line-ups: what an order of goods earns in an evening, and what a star takes from its substitutes."""

import numpy as np
import pandas as pd

from coursekit.errors import Plain


def lineup_earns(plan, watching, minutes="minutes", rate="per thousand"):
    """What each product of a line-up earns in its minutes, in the order of the rows.

    plan: one row a product, first shown first; its column minutes says how long each is on the air, rate how many
    yuan it leaves in a thousand viewer-minutes. watching: people who watch in each minute of the evening.
    Returns plan with from_minute, watching (mean of its minutes) and earns (yuan).

    A first reckoning: every product keeps its rate wherever it stands and however long it is shown.

    >>> plan = pd.DataFrame({"minutes": [1, 2], "per thousand": [100.0, 20.0]}, index=["tea", "comb"])
    >>> lineup_earns(plan, [50, 100, 150])["earns"].to_list()
    [5.0, 5.0]
    >>> lineup_earns(plan.loc[["comb", "tea"]], [50, 100, 150])["earns"].to_list()
    [3.0, 15.0]
    """
    for name in (minutes, rate):
        if name not in plan.columns:
            raise Plain(f'The plan has no column "{name}"; its columns are {", ".join(map(str, plan.columns))}.')
    lasts, watching = plan[minutes].to_numpy(float), np.asarray(watching, float)
    if not np.isfinite(lasts).all() or (lasts < 0).any() or (lasts % 1 > 0).any():
        raise Plain(f'The column "{minutes}" must hold whole minutes, 0 or more, for every product.')
    if watching.ndim != 1 or not np.isfinite(watching).all():
        raise Plain("watching wants one number for each minute of the evening, such as the column watching of one show.")
    if lasts.sum() > len(watching):
        raise Plain(f"The plan has {lasts.sum():.0f} minutes, the evening {len(watching)}: take minutes from a product.")
    ends = np.cumsum(lasts).astype(int)
    starts = ends - lasts.astype(int)
    there = np.array([watching[a:b].sum() for a, b in zip(starts, ends, strict=True)])
    mean = np.divide(there, lasts, out=np.zeros(len(lasts)), where=lasts > 0)
    return plan.assign(**{"from_minute": starts, "watching": mean, "earns": there * plan[rate].to_numpy(float) / 1000})


def cannibalization(shows, star="star", others="substitutes", viewers="viewers", shown="shown", level=0.95, rounds=2000, seed=0):
    """What a star sells, what its substitutes lose, and what is gained on balance, for a thousand viewers.

    shows: one row a show; shown: True when the star was in the line-up; star, others: what it and its substitutes
    sold (pieces or yuan); viewers: people who came. Both sides are ratios of sums: evenings with the star against
    evenings without it. That tells what the star does only when chance, or nothing that matters, decided on which
    evenings it was shown. Intervals: the shows of each side are drawn again, whole evenings (bootstrap, Efron 1979).

    Returns a table: value, low and high of "the star sells", "others without it", "others with it", "others lose",
    "net gain", and "share taken" (others lose, divided by the star sells).

    >>> shows = pd.DataFrame({"shown": [True, True, False, False], "star": [4, 6, 0, 0], "substitutes": [2, 2, 4, 5],
    ...                       "viewers": [900, 1100, 1000, 1000]})
    >>> cannibalization(shows)["value"].to_dict()  # doctest: +NORMALIZE_WHITESPACE
    {'the star sells': 5.0, 'others without it': 4.5, 'others with it': 2.0, 'others lose': 2.5, 'net gain': 2.5,
     'share taken': 0.5}
    """
    columns = [star, others, viewers, shown]
    absent = [name for name in columns if name not in shows.columns]
    if absent:
        raise Plain(f'The table has no column "{absent[0]}"; its columns are {", ".join(map(str, shows.columns))}.')
    if not pd.api.types.is_bool_dtype(shows[shown]):
        raise Plain(f'The column "{shown}" must hold True and False: True for the shows with the star in them.')
    if shows[columns].isna().any(axis=None):
        raise Plain("Some shows have an empty place: write 0 where nothing was sold, for example with fillna(0).")
    if (shows.loc[~shows[shown], star] != 0).any():
        raise Plain(f'The star was sold in shows that say it was not shown: look at the columns "{star}" and "{shown}".')
    sides = [shows.loc[side, [star, others, viewers]].to_numpy(float) for side in (shows[shown], ~shows[shown])]
    if min(len(side) for side in sides) < 2:
        raise Plain(
            f"There are {len(sides[0])} shows with the star and {len(sides[1])} without; at least two of each are needed."
        )
    if min(side[:, 2].sum() for side in sides) <= 0 or sides[0][:, 0].sum() <= 0:
        raise Plain("Nothing was sold of the star, or one side has no viewers: there is nothing to compare.")
    rng, (value, drawn) = np.random.default_rng(seed), ([], [])
    for side in sides:
        value.append(_per_thousand(side[None]))
        drawn.append(_per_thousand(side[rng.integers(0, len(side), (rounds, len(side)))]))
    found, many = _balance(*value), _balance(*drawn)
    tail = (1 - level) / 2
    with np.errstate(invalid="ignore"):
        low, high = np.nanquantile(many, [tail, 1 - tail], axis=1)
    names = ["the star sells", "others without it", "others with it", "others lose", "net gain", "share taken"]
    return pd.DataFrame({"value": found[:, 0], "low": low, "high": high}, index=names)


def _per_thousand(side):
    """Ratios of sums along the shows: what the star and the others sell for a thousand viewers."""
    sums = side.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return 1000 * sums[:, :2] / sums[:, 2:]


def _balance(on, off):
    """The rows of the answer, from what a thousand viewers bought with the star and without it."""
    own, lost = on[:, 0], off[:, 1] - on[:, 1]
    share = np.divide(lost, own, out=np.full(len(own), np.nan), where=own > 0)
    return np.array([own, off[:, 1], on[:, 1], lost, own - lost, share])
