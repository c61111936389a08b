"""Attacks on the checks of b5_sold_out."""

LIMIT = "rooms.reindex(books.index)"

ATTACKS = {
    "full_early": {
        "right": [
            "int(full_early)", "float(full_early)", "np.int32(full_early)", "Decimal(int(full_early))", "Fraction(int(full_early))", "[full_early]", "pd.Series([full_early])",
            "len(year[year >= 3])", "(year > 2).sum()", "year[year >= 3].count()", "(year >= 3).value_counts()[True]", "(year.fillna(-1) >= 3).sum()",
            f"books.loc['2025-01-01':'2025-12-31', 3:90].ge({LIMIT}.loc['2025-01-01':'2025-12-31'], axis=0).any(axis=1).sum()",
            "np.count_nonzero(since['2025-01-01':] >= 3)",
        ],
        "wrong": [
            "full_early + 1", "full_early - 1", "full_early + 0.4", "str(full_early)", "None", "...", "year", "since", "(since >= 3).mean()", "year.count()", "len(year)",
            "year.sum()", "year.mean()", "-full_early", "(year >= 3)", "[full_early, full_early]", "True", "365 - full_early", "f'{full_early} nights'", "float('nan')",
        ],
    },
    "wanted": {
        "right": [
            "float(wanted)", "np.float64(wanted)", "Decimal(str(wanted))", "Fraction(wanted)", "[wanted]", "pd.Series([wanted])", "round(wanted, 3)", "np.array([wanted])",
            "weekend['taken'].mean() + weekend['hidden'].mean()", "(weekend['taken'].sum() + weekend['hidden'].sum()) / len(weekend)",
            "nights.assign(all=nights['taken'] + nights['hidden']).groupby('kind')['all'].mean()['weekend']",
            "weekend[['taken', 'hidden']].sum(axis=1).mean()", "nights[['taken', 'hidden']].sum(axis=1).groupby(nights['kind']).mean().loc['weekend']",
        ],
        "wrong": [
            "wanted + 0.002", "wanted - 0.002", "round(wanted)", "round(wanted, 1)", "str(wanted)", "None", "...", "weekend", "-wanted", "wanted / 100", "1 / wanted",
            "weekend['taken'].median()", "weekend['hidden'].sum()", "weekend['taken'].sum()", "len(weekend)", "[wanted, wanted]", "float('inf')", "weekend['closed'].mean()",
            "(weekend['taken'] * (1 + weekend['closed'])).mean()",
        ],
    },
    "late_share": {
        "right": [
            "float(late_share)", "np.float32(late_share)", "Decimal(str(late_share))", "Fraction(late_share)", "[late_share]", "pd.Series([late_share])", "round(late_share, 2)",
            "100 * (weekend[0] - weekend[5]).sum() / weekend[0].sum()", "100 - 100 * weekend[5].sum() / weekend[0].sum()", "100 * (1 - weekend[5].mean() / weekend[0].mean())",
            "100 * (1 - open_nights.groupby('kind')[5].sum() / open_nights.groupby('kind')[0].sum())['weekend']",
            "100 * (lambda w: 1 - w[5].sum() / w[0].sum())(asked[asked['since'].isna() & (asked['kind'] == 'weekend')])",
            "100 * sum(weekend[d].sum() - weekend[d + 1].sum() for d in range(5)) / weekend[0].sum()",
        ],
        "wrong": [
            "late_share / 100", "late_share + 0.02", "late_share - 0.02", "round(late_share)", "str(late_share)", "None", "...", "weekend", "100 - late_share", "-late_share",
            "100 * (1 - asked[5].sum() / asked[0].sum())", "weekend[5].sum()", "100 * (1 - weekend[7].sum() / weekend[0].sum())", "[late_share, 0]", "f'{late_share} %'", "float('nan')",
            "100 * (1 - weekend[5].sum() / weekend[1].sum())", "100 * (weekend[0] - weekend[1]).sum() / weekend[0].sum()",
        ],
    },
    "could_not": {
        "right": [
            "float(could_not)", "np.float64(could_not)", "Decimal(str(could_not))", "Fraction(could_not)", "[could_not]", "pd.Series([could_not])", "round(could_not, 1)",
            "methods.unconstrain(nights)['hidden'].loc['2025-01-01':].sum()", "(methods.unconstrain(nights)[['demand']].sum(axis=1) - nights['taken']).loc['2025-01-01':].sum()",
            "sum(r.closed * (r.weight * r.taken / (1 - r.closed) + (1 - r.weight) * r.usual) for r in year.itertuples())",
            "(year['closed'] * (year['usual'] + year['weight'] * (own - year['usual']))).sum()", "(year['closed'] * whole)[year['closed'] > 0].mean() * (year['closed'] > 0).sum()",
            "np.dot(year['closed'], whole)", "(year['closed'] * whole).groupby(year['kind']).sum().sum()",
        ],
        "wrong": [
            "could_not + 0.2", "could_not - 0.2", "round(could_not)", "str(could_not)", "None", "...", "year", "whole", "-could_not", "could_not / 100", "100 * could_not / 598",
            "whole.sum()", "own.sum()", "year['taken'].sum()", "(year['closed'] * whole)", "[could_not, could_not]", "float('inf')", "year['closed'].sum()", "(year['closed'] * own).max()",
        ],
    },
    "refused": {
        "right": [
            "float(refused)", "np.float64(refused)", "Decimal(str(refused))", "Fraction(refused)", "[refused]", "pd.Series([refused])", "round(refused, 2)", "{'refused': refused}",
            "(rate * weekday['no_room']).sum()", "weekday['taken'].sum() * weekday['no_room'].sum() / found.sum()", "rate * weekday['searches'].sum() - weekday['taken'].sum()",
            "weekday['taken'].mean() / found.mean() * weekday['no_room'].sum()",
            "weekday['taken'].sum() / (weekday['searches'].sum() / weekday['no_room'].sum() - 1)",
        ],
        "wrong": [
            "refused + 0.02", "refused - 0.02", "round(refused)", "str(refused)", "None", "...", "weekday", "-refused", "rate", "100 * rate", "refused / 100", "found.sum()",
            "weekday['no_room'].sum() / weekday['searches'].sum()", "weekday['no_room'].mean()", "rate * weekday['no_room'].max()", "[refused, refused]", "f'{refused} bookings'", "float('nan')",
            "weekday['taken'].sum() + refused", "found",
        ],
    },
}  # fmt: skip
