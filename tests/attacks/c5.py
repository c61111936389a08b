"""Attacks on the checks of c5_lineup."""

ATTACKS = {
    "earns": {
        "right": [
            "float(earns)", "np.float64(earns)", "Decimal(str(earns))", "Fraction(earns)", "[earns]", "np.array([earns])", "round(earns, 2)", "{'earns': earns}",
            "orders_on_air * left_per_order / (minutes * watching / 1000)", "orders_on_air / minutes * left_per_order / watching * 1000",
            "methods.lineup_earns(pd.DataFrame({'minutes': [1], 'per thousand': [1000 * orders_on_air * left_per_order / viewer_minutes]}), [1000])['earns'].sum()",
            "sum(left_per_order for _ in range(orders_on_air)) / viewer_minutes * 1000",
        ],
        "wrong": [
            "earns / 1000", "earns + 0.02", "earns - 0.02", "round(earns)", "str(earns)", "None", "...", "-earns", "viewer_minutes", "[earns, earns]",
            "1000 * orders_on_air / viewer_minutes", "left_per_order", "1000 * orders_on_air * (price - left_per_order) / viewer_minutes", "f'{earns} yuan'", "True",
        ],
    },
    "kind_rate": {
        "right": [
            "float(kind_rate)", "np.float64(kind_rate)", "Decimal(str(kind_rate))", "Fraction(kind_rate)", "[kind_rate]", "pd.Series([kind_rate])", "round(kind_rate, 3)",
            "1000 * ((bought['kind'] == star_kind) & (bought['air_kind'] == star_kind)).sum() / people",
            "1000 * same['order'].count() / air.groupby('air_kind')['watching'].sum()[star_kind]",
            "1000 * same['order'].nunique() / (air['watching'] * (air['air_kind'] == star_kind)).sum()",
            "1000 * bought[bought['kind'] == bought['air_kind']].groupby('kind')['order'].count()[star_kind] / people",
            "len(bought.query('kind == @star_kind and air_kind == @star_kind')) / (people / 1000)",
        ],
        "wrong": [
            "kind_rate / 1000", "kind_rate + 0.002", "kind_rate - 0.002", "round(kind_rate, 1)", "str(kind_rate)", "None", "same", "len(same)", "people",
            "1000 * len(same) / air[air['air_kind'] == star_kind]['entered'].sum()", "1000 * len(same) / minutes['watching'].sum()", "float('nan')", "[kind_rate, 0]",
            "1000 * same['person'].nunique() / people", "1000 * same['amount'].sum() / people",
            "len(same) / len(air[air['air_kind'] == star_kind])", "1000 * len(same) / minutes[minutes['product'].map(products['kind']) == star_kind]['watching'].sum()",
        ],
    },
    "gain": {
        "right": [
            "float(gain)", "np.float64(gain)", "Decimal(str(gain))", "[gain]", "pd.Series([gain])", "np.array(gain)", "round(gain, 1)", "-(now - best)", "{'gain': gain}",
            "methods.lineup_earns(plan.loc[['tea cup', 'white tea', 'scarf', 'honey', 'kiwis']], evening, rate='worth')['earns'].sum() - now",
            "methods.lineup_earns(plan.sort_values('worth').iloc[::-1], list(evening), rate='worth')['earns'].sum() - now",
            "(lambda t: (t['watching'] * t['minutes'] * t['worth']).sum() / 1000)(methods.lineup_earns(plan.nlargest(5, 'worth'), evening, rate='worth')) - now",
        ],
        "wrong": [
            "-gain", "gain + 0.2", "gain - 0.2", "round(gain)", "str(gain)", "None", "best", "now", "best / now", "0", "plan", "[best, now]", "float('inf')",
            "methods.lineup_earns(plan.iloc[::-1], evening, rate='worth')['earns'].sum() - now",
            "methods.lineup_earns(plan.sort_index(), evening, rate='worth')['earns'].sum() - now",
            "evening.mean() * (plan['minutes'] * plan['worth']).sum() / 1000 - now",
            "methods.lineup_earns(plan.loc[(plan['worth'] * plan['minutes']).sort_values(ascending=False).index], evening, rate='worth')['earns'].sum() - now",
            "methods.lineup_earns(plan.loc[(plan['worth'] / plan['minutes']).sort_values(ascending=False).index], evening, rate='worth')['earns'].sum() - now",
            "methods.lineup_earns(plan.loc[(plan['worth'] * plan['per_order']).sort_values(ascending=False).index], evening, rate='worth')['earns'].sum() - now",
        ],
    },
    "net": {
        "right": [
            "float(net)", "np.float64(net)", "Decimal(str(round(net, 6)))", "Fraction(net)", "[net]", "pd.Series([net])", "round(net, 2)",
            "offer - wanted * min(e / m for e, m in zip(played['earns'], played['minutes']))", "offer - wanted * each.min()", "offer - wanted * each[each.idxmin()]",
            "offer + (played['earns'] - each * wanted * (each == each.min())).sum() - played['earns'].sum()", "offer - wanted / (played['minutes'] / played['earns']).max()",
            "offer - played['earns'].sum() + (played['earns'] - each * (each == each.min()) * wanted).sum()",
        ],
        "wrong": [
            "-net", "net + 0.02", "net - 0.02", "round(net)", "str(net)", "None", "offer - fixed_fees", "offer - each.min()", "offer - wanted * each.max()",
            "offer - wanted * each.mean()", "offer - wanted * each.median()", "each", "[net, offer]", "offer / wanted", "f'{net} yuan'", "offer - played['earns'].min()",
            "offer - wanted * each[played['minutes'].idxmax()]", "offer - wanted * each.iloc[-1]", "offer - wanted * each.iloc[0]", "offer - wanted * each.sort_values().iloc[1]",
            "offer - wanted * each[played['earns'].sort_values().index[1]]", "offer - wanted * each.round(1).min()", "net - fixed_fees",
        ],
    },
    "net_gain": {
        "right": [
            "float(net_gain)", "np.float64(net_gain)", "Decimal(str(net_gain))", "Fraction(net_gain)", "[net_gain]", "pd.Series([net_gain])", "round(net_gain, 3)",
            "methods.cannibalization(shows)['value']['net gain']", "methods.cannibalization(shows).loc['net gain', 'value']", "rates.iloc[1] - rates.iloc[0]", "rates.diff().iloc[-1]",
            "(lambda f: f['the star sells'] - f['others lose'])(methods.cannibalization(shows)['value'])",
            "(lambda f: f['the star sells'] * (1 - f['share taken']))(methods.cannibalization(shows)['value'])",
            "1000 * shows[shows['shown']][['star', 'substitutes']].to_numpy().sum() / shows[shows['shown']]['viewers'].sum() - 1000 * shows[~shows['shown']]['substitutes'].sum() / shows[~shows['shown']]['viewers'].sum()",
        ],
        "wrong": [
            "-net_gain", "net_gain / 1000", "net_gain + 0.002", "net_gain - 0.002", "round(net_gain, 1)", "str(net_gain)", "None", "rates", "rates[True]", "rates[False]",
            "rates[True] / rates[False]", "methods.cannibalization(shows)", "methods.cannibalization(shows)['value']", "methods.cannibalization(shows)['low']['net gain']",
            "methods.cannibalization(shows)['value']['others lose']", "[net_gain, 0]", "float('nan')",
        ],
    },
}  # fmt: skip
