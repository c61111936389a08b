"""Attacks on the checks of c3_capacity."""

SAME = "methods.what_it_brings(methods.allot_best(coupons, nights, show, 0.6, floor=2), nights, show, 0.6)"
ATTACKS = {
    "needed": {
        "right": [
            "int(needed)", "float(needed)", "np.int64(needed)", "Decimal(int(needed))", "Fraction(int(needed))", "[needed]", "pd.Series([needed])", "np.array([needed])",
            "coupons.query('area == \"lake\" and wish == \"weekend\"')['nights'].sum()",
            "coupons.groupby(['area', 'wish'])['nights'].sum()['lake', 'weekend']",
            "coupons.loc[(coupons['area'] == 'lake') & (coupons['wish'] == 'weekend'), 'nights'].sum()",
            "len(own[own['wish'] == 'weekend']) + (own[own['wish'] == 'weekend']['nights'] == 2).sum()",
            "sum(n for a, w, n in zip(coupons['area'], coupons['wish'], coupons['nights']) if a == 'lake' and w == 'weekend')",
            "coupons.pivot_table(index='area', columns='wish', values='nights', aggfunc='sum').loc['lake', 'weekend']",
        ],
        "wrong": [
            "needed + 1", "needed - 1", "needed / 2", "-needed", "str(needed)", "None", "...", "own", "own['nights']", "[needed, needed]", "needed + 0.4", "float('nan')",
            "len(own)", "own['coupon'].sum()", "own[own['wish'] == 'weekend']['second'].sum()", "own[own['wish'] != 'weekend']['nights'].sum()", "f'{needed} nights'", "True", "coupons[(coupons['area'] == 'lake') | (coupons['wish'] == 'weekend')]['nights'].sum()",
        ],
    },
    "weekend_share": {
        "right": [
            "float(weekend_share)", "np.float64(weekend_share)", "Decimal(str(weekend_share))", "Fraction(float(weekend_share))", "[weekend_share]", "pd.Series([weekend_share])",
            "round(weekend_share, 2)", "{'weekend': weekend_share}",
            "100 * (lambda f: f['weekend'] / f.sum())(own.groupby('night')['free_rooms'].sum())",
            "100 * np.average(own['night'] == 'weekend', weights=own['free_rooms'])",
            "100 * (own['free_rooms'] * (own['night'] == 'weekend')).sum() / own['free_rooms'].sum()",
            "100 - 100 * own[own['night'] == 'weekday']['free_rooms'].sum() / own['free_rooms'].sum()",
            "100 * nights.query('area == \"high valley\" and not blackout and night == \"weekend\"')['free_rooms'].sum() / own['free_rooms'].sum()",
        ],
        "wrong": [
            "weekend_share / 100", "weekend_share + 0.02", "weekend_share - 0.02", "round(weekend_share)", "str(weekend_share)", "None", "own", "100 - weekend_share", "-weekend_share",
            "weekend['free_rooms'].sum()", "100 * weekend['free_rooms'].mean() / own['free_rooms'].mean()", "f'{weekend_share} %'", "[weekend_share, 0]", "float('inf')",
            "100 * len(weekend) / len(nights)", "100 * weekend['free_rooms'].sum() / weekend['rooms'].sum()", "weekend",
            "20.3", "round(100 * (weekend.groupby('inn')['free_rooms'].sum() / own.groupby('inn')['free_rooms'].sum()).mean(), 2)",
            "100 * weekend['rooms'].sum() / own['rooms'].sum()",
        ],
    },
    "used": {
        "right": [
            "float(used)", "np.float64(used)", "Decimal(str(used))", "Fraction(float(used))", "[used]", "pd.Series([used])", "round(used, 1)",
            "(plan['nights'] * plan['coupons'] * plan['night'].map(came)).sum()",
            "(plan['nights'] * plan['coupons'] * plan['night'].map(came.to_dict())).sum()",
            "plan.merge(came.reset_index(), on='night').eval('nights * coupons * came').sum()",
            "sum(n * c * came[k] for k, n, c in plan[['night', 'nights', 'coupons']].to_numpy())",
            "held['weekday'] * came['weekday'] + held['weekend'] * came['weekend']",
            "held.sum() - (held * (1 - came)).sum()", "float(held @ came)",
        ],
        "wrong": [
            "used + 0.2", "used - 0.2", "used / 10", "-used", "str(used)", "None", "held", "came", "held * came", "[used, used]", "f'{used} nights'", "float('nan')",
            "held.sum() + used", "plan['nights'].sum() * came.sum()", "held.sum() * came['weekday']", "held.sum() * came['weekend']", "used * 100",
            "round(0.812 * held['weekday'] + 0.856 * held['weekend'], 1)", "0.81 * held['weekday'] + 0.86 * held['weekend']",
        ],
    },
    "second": {
        "right": [
            "float(second)", "np.float64(second)", "Decimal(str(second))", "Fraction(float(second))", "[second]", "pd.Series([second])", "round(second, 1)",
            "come * (pays * price - cost) - methods.at_least(expected, free_rooms - 2 + 1) * (price - cost)",
            "guest + methods.at_least(expected, free_rooms - 1) * (cost - price)",
            "come * pays * price - come * cost - __import__('scipy.stats').stats.poisson.sf(free_rooms - 2, expected) * (price - cost)",
            "guest - methods.at_least(expected, [free_rooms, free_rooms - 1])[1] * (price - cost)",
            "np.float32(second)", "np.array([second])", "{'yuan': second}",
        ],
        "wrong": [
            "second + 0.2", "second - 0.2", "-second", "second / 100", "str(second)", "None", "guest", "[second, 0]", "f'{second} yuan'", "float('nan')", "second * 2", "abs(second) + 1",
            "guest - methods.at_least(expected, free_rooms + 1) * (price - cost)", "guest - expected * (price - cost)", "guest - (price - cost)",
            "pays * price - cost", "guest - methods.at_least(expected, free_rooms - 1) * (pays * price - cost)", "methods.at_least(expected, free_rooms - 1)",
            "come * pays * (price - cost) - methods.at_least(expected, free_rooms - 1) * (price - cost)", "guest - methods.at_least(expected, round(expected)) * (price - cost)", "guest + methods.at_least(expected, free_rooms - 1) * (price - cost)",
        ],
    },
    "gain": {
        "right": [
            "float(gain)", "np.float64(gain)", "Decimal(str(gain))", "Fraction(float(gain))", "[gain]", "pd.Series([gain])", "round(gain)", "int(round(gain))", "round(gain, 2)",
            SAME + "['brings'] - first",
            "(lambda r: r['guests_bring'] - r['displaced_cost'])(" + SAME + ") - first",
            "methods.what_it_brings(best.sample(frac=1, random_state=1), nights, show, 0.6)['brings'] - first",
            "methods.what_it_brings(best, nights.sample(frac=1, random_state=1), show, 0.6)['brings'] - first",
            "methods.what_it_brings(best, nights, pd.Series(show), 0.6)['brings'] - methods.what_it_brings(methods.allot_greedy(coupons, nights, keep=False), nights, show, 0.6)['brings']",
        ],
        "wrong": [
            "gain + 2", "gain - 2", "-gain", "gain / 1000", "gain / 10_000", "str(gain)", "None", "best", "first", "[gain, gain]", "f'{gain} yuan'", "float('nan')", "gain / first",
            "first + gain + first", "best['coupons'].sum() - simple['coupons'].sum()", "100 * gain / first",
            "methods.what_it_brings(best, nights, show, 1)['brings'] - first", "methods.what_it_brings(best, nights, show, 0.6)",
            "methods.what_it_brings(best, nights, {'weekday': 1, 'weekend': 1}, 0.6)['brings'] - first",
        ],
    },
}  # fmt: skip
