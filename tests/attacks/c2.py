"""Attacks on the checks of c2_incrementality."""

ATTACKS = {
    "first_week": {
        "right": [
            "float(first_week)", "np.float64(first_week)", "np.float32(first_week)", "Decimal(str(first_week))", "Fraction(first_week)", "[first_week]", "pd.Series([first_week])",
            "round(first_week, 3)", "{'share': first_week}", "100 * got['person'].isin(week['person']).sum() / len(got)",
            "100 * week['person'].map(people.set_index('person')['arm']).eq('coupon').sum() / (people['arm'] == 'coupon').sum()",
            "100 * people.merge(week, on='person').groupby('arm')['order'].count()['coupon'] / people.groupby('arm')['person'].count()['coupon']",
            "100 * people.assign(b=people['person'].isin(orders[orders['date'] < '2025-11-23']['person'])).groupby('arm')['b'].mean()['coupon']",
            "100 * len(set(got['person']) & set(week['person'])) / len(got)", "100 * got['person'].isin(orders[orders['date'].between('2025-11-16', '2025-11-22')]['person']).mean()",
            "100 * orders.set_index('person')['date'].reindex(got['person']).le('2025-11-22').mean()",
        ],
        "wrong": [
            "first_week / 100", "first_week * 10", "first_week + 0.002", "first_week - 0.002", "round(first_week, 1)", "str(first_week)", "None", "...", "-first_week", "100 - first_week", "week", "len(week)",
            "[first_week, first_week]", "100 * got['redeemed'].mean()", "100 * got['person'].isin(orders[orders['date'] == '2025-11-22']['person']).mean()", "f'{first_week} %'",
            "100 * got[~got['redeemed']]['person'].isin(week['person']).mean()", "float('nan')", "float('inf')", "100 * got['person'].isin(week['person'])", "100 * got['person'].isin(orders[orders['date'].between('2025-11-17', '2025-11-22')]['person']).mean()",
            "100 * got[got['redeemed']]['person'].isin(week['person']).mean()",
            "100 * got['person'].isin(orders[(orders['date'] > '2025-11-16') & (orders['date'] <= '2025-11-22')]['person']).mean()",
            "100 * people[people['arm'].str.contains('coupon')]['person'].isin(week['person']).mean()",
        ],
    },
    "regular_lift": {
        "right": [
            "float(regular_lift)", "np.float64(regular_lift)", "Decimal(str(regular_lift))", "Fraction(regular_lift)", "[regular_lift]", "np.array([regular_lift])", "round(regular_lift, 3)", "{'lift': regular_lift}",
            "-(share['no coupon'] - share['coupon'])", "-share.diff().iloc[-1]", "share.iloc[0] - share.iloc[1]",
            "100 * (regular[regular['arm'] == 'coupon']['bought'].mean() - regular[regular['arm'] == 'no coupon']['bought'].mean())",
            "100 * np.subtract(*[g['bought'].sum() / len(g) for _, g in regular.groupby('arm')])",
            "100 * (lambda b, n: methods.difference(b['coupon'], n['coupon'], b['no coupon'], n['no coupon'])[0])(regular.groupby('arm')['bought'].sum(), regular.groupby('arm')['bought'].count())",
            "100 * np.cov(regular['bought'], regular['arm'] == 'coupon')[0, 1] / np.var(regular['arm'] == 'coupon', ddof=1)",
            "methods.mean_difference(100 * regular[regular['arm'] == 'coupon']['bought'], 100 * regular[regular['arm'] != 'coupon']['bought'])[0]",
        ],
        "wrong": [
            "-regular_lift", "regular_lift / 100", "regular_lift + 0.002", "regular_lift - 0.002", "round(regular_lift, 1)", "str(regular_lift)", "None", "share", "share['coupon']", "share['no coupon']", "share['coupon'] / share['no coupon']",
            "[regular_lift, 0]", "f'{regular_lift} points'", "100 * (customers[customers['past_orders'] < 3].groupby('arm')['bought'].mean().diff().iloc[-1])", "float('nan')", "True", "regular",
            "100 * regular['bought'].mean()", "100 * regular[regular['redeemed']]['bought'].mean()",
            "100 * (regular[(regular['arm'] == 'coupon') & ~regular['redeemed']]['bought'].mean() - regular[regular['arm'] != 'coupon']['bought'].mean())",
            "100 * regular.groupby(['past_orders', 'arm'])['bought'].mean().unstack().diff(axis=1)['no coupon'].mul(-1).mean()",
            "share['coupon'].round(1) - share['no coupon'].round(1)",
        ],
    },
    "new_lift": {
        "right": [
            "{'high': new_lift['high'], 'low': new_lift['low']}", "pd.Series(new_lift)", "pd.Series(new_lift)[::-1]", "pd.Series(new_lift).to_frame()", "pd.DataFrame([new_lift])", "pd.Series(new_lift).reset_index()",
            "{k: Decimal(str(v)) for k, v in new_lift.items()}", "{k: Fraction(v) for k, v in new_lift.items()}", "{k: round(v, 3) for k, v in new_lift.items()}", "list(new_lift.items())",
            "{'low': [new_lift['low']], 'high': np.array([new_lift['high']])}", "pd.Series(new_lift, dtype='float32')",
            "dict(zip(['low', 'high'], 100 * np.array(methods.difference(*[f(g) for _, g in new.groupby('arm')['bought'] for f in (sum, len)])[1:])))",
            "(lambda p, q: {'low': 100 * (p[0] - q[0] - ((p[0] - p[1]) ** 2 + (q[2] - q[0]) ** 2) ** 0.5), 'high': 100 * (p[0] - q[0] + ((p[2] - p[0]) ** 2 + (q[0] - q[1]) ** 2) ** 0.5)})(*[methods.wilson(buyers[a], sizes[a]) for a in ('coupon', 'no coupon')])",
        ],
        "wrong": [
            "{k: v / 100 for k, v in new_lift.items()}", "{'low': new_lift['high'], 'high': new_lift['low']}", "{'low': new_lift['low']}", "[new_lift['low'], new_lift['high']]", "None", "new_lift['high'] - new_lift['low']",
            "{k: str(v) for k, v in new_lift.items()}", "{k: round(v, 1) for k, v in new_lift.items()}", "{k: -v for k, v in new_lift.items()}", "{**new_lift, 'low': 0}", "{**new_lift, 'lift': 100 * more}",
            "{k: v + 0.002 for k, v in new_lift.items()}", "{'low': 100 * more, 'high': 100 * more}",
            "dict(zip(['low', 'high'], 100 * np.array(methods.difference(buyers['coupon'], sizes['coupon'], buyers['no coupon'], sizes['no coupon'], 0.9))[1:]))",
            "dict(zip(['low', 'high'], 100 * np.array(methods.mean_difference(new[new['arm'] == 'coupon']['bought'], new[new['arm'] != 'coupon']['bought'])[1:])))",
            "{'from': new_lift['low'], 'to': new_lift['high']}", "more", "(low, high)",
            "{'low': 100 * more, 'high': 100 * high}",
            "dict(zip(['low', 'high'], 100 * np.array(methods.difference(buyers['coupon'], sizes['no coupon'], buyers['no coupon'], sizes['coupon'])[1:])))",
        ],
    },
    "supported": {
        "right": [
            "dict(reversed(list(supported.items())))", "pd.Series(supported)", "pd.Series(supported).to_frame()", "pd.DataFrame([supported])", "pd.Series(supported).reset_index()",
            "{k: v.upper() for k, v in supported.items()}", "{k: f' {v} ' for k, v in supported.items()}", "pd.Series(supported).sort_values()", "list(supported.items())",
            "pd.Series(supported).astype('category')", "pd.Series(supported, dtype='string')", "{k: np.str_(v) for k, v in supported.items()}",
            "{k: 'yes' if k in 'ad' else 'no' for k in 'edcba'}",
            "pd.DataFrame({'sentence': list('abcde'), 'answer': ['yes', 'no', 'no', 'yes', 'no']})",
        ],
        "wrong": [
            "{k: 'yes' if v == 'no' else 'no' for k, v in supported.items()}", "{k: v == 'yes' for k, v in supported.items()}", "dict.fromkeys(supported, 'no')", "dict.fromkeys(supported, 'yes')", "{**supported, 'f': 'no'}",
            "{k: v for k, v in supported.items() if v == 'yes'}", "list(supported.values())", "None", "{**supported, 'd': None}", "{**supported, 'b': ...}", "{**supported, 'e': 'perhaps'}", "'no'",
            "{**supported, 'a': 'no', 'e': 'yes'}", "set(supported)",
            "{k: v[0] for k, v in supported.items()}",
            "{k.upper(): v for k, v in supported.items()}",
        ],
    },
    "extra_cost": {
        "right": [
            "{k: extra_cost[k] for k in ['high', 'low', 'cost']}", "pd.Series(extra_cost)", "pd.Series(extra_cost)[::-1]", "pd.Series(extra_cost).to_frame()", "pd.DataFrame([extra_cost])", "pd.Series(extra_cost).reset_index()",
            "{k: Decimal(str(v)) for k, v in extra_cost.items()}", "{k: Fraction(v) for k, v in extra_cost.items()}", "{k: round(v, 2) for k, v in extra_cost.items()}", "list(extra_cost.items())", "pd.Series(extra_cost, dtype='float32')",
            "dict(zip(['cost', 'low', 'high'], spent / sizes['coupon'] / np.array(methods.difference(buyers['coupon'], sizes['coupon'], buyers['no coupon'], sizes['no coupon']))[[0, 2, 1]]))",
            "dict(zip(['cost', 'low', 'high'], methods.cost_per_extra(15 * people['redeemed'].sum() + 0.12 * sizes['coupon'], buyers['coupon'], sizes['coupon'], buyers['no coupon'], sizes['no coupon'])))",
            "dict(zip(['cost', 'low', 'high'], methods.cost_per_extra(spent, *[f(g) for _, g in customers.groupby('arm')['bought'] for f in (sum, len)])))",
            "pd.DataFrame({'what': ['cost', 'low', 'high'], 'yuan': methods.cost_per_extra(spent, *customers.groupby('arm')['bought'].agg(['sum', 'count']).to_numpy().ravel())})",
        ],
        "wrong": [
            "{k: v / 100 for k, v in extra_cost.items()}", "{k: round(v) for k, v in extra_cost.items()}", "{k: round(v, 1) for k, v in extra_cost.items()}", "{**extra_cost, 'low': extra_cost['high'], 'high': extra_cost['low']}",
            "{k: v for k, v in extra_cost.items() if k != 'cost'}", "list(extra_cost.values())", "extra_cost['cost']", "None", "{k: str(v) for k, v in extra_cost.items()}", "{k: v + 0.02 for k, v in extra_cost.items()}",
            "{k: 1 / v for k, v in extra_cost.items()}", "{**extra_cost, 'high': float('inf')}", "dict.fromkeys(extra_cost, extra_cost['cost'])", "{'value': extra_cost['cost'], 'low': extra_cost['low'], 'high': extra_cost['high']}",
            "dict(zip(['cost', 'low', 'high'], methods.cost_per_extra(spent, buyers['no coupon'], sizes['no coupon'], buyers['coupon'], sizes['coupon'])))",
            "dict(zip(['cost', 'low', 'high'], methods.cost_per_extra(spent, buyers['coupon'], sizes['coupon'], buyers['no coupon'], sizes['no coupon'], 0.9)))",
            "{**extra_cost, 'cost': spent}", "{k: v + 0.1 for k, v in extra_cost.items()}", "{**extra_cost, 'cost': (extra_cost['low'] + extra_cost['high']) / 2}", "spent",
            "dict(zip(['cost', 'low', 'high'], methods.cost_per_extra(orders['coupon'].sum() + 0.12 * len(orders), buyers['coupon'], sizes['coupon'], buyers['no coupon'], sizes['no coupon'])))",
            "{**extra_cost, 'cost': spent / (buyers['coupon'] - buyers['no coupon'])}",
        ],
    },
}  # fmt: skip
