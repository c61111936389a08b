"""Attacks on the checks of b7_rate_card."""

ATTACKS = {
    "floor_rate": {
        "right": [
            "float(floor_rate)", "np.float64(floor_rate)", "Decimal(str(floor_rate))", "Fraction(floor_rate)", "[floor_rate]", "pd.Series([floor_rate])",
            "round(floor_rate, 2)", "inns.loc['I010', 'variable_cost'] / (1 - inns.loc['I010', 'commission'])", "{'I010': floor_rate}",
            "(inns['variable_cost'] / (1 - inns['commission']))['I010']", "(inns['variable_cost'] / (1 - inns['commission'])).loc[['I010']]",
            "100 * inns['variable_cost']['I010'] / (100 - 100 * inns['commission']['I010'])",
            "methods.rate_table([181.8, 181.8181818], 1, at=300, elasticity=-2, cost=160, commission=0.12)['each'].abs().idxmin()",
        ],
        "wrong": [
            "floor_rate + 0.02", "floor_rate - 0.02", "round(floor_rate)", "-floor_rate", "floor_rate / 100", "str(floor_rate)", "f'{floor_rate} yuan'", "None", "...",
            "inns['variable_cost']", "inns['variable_cost'] / (1 - inns['commission'])", "[floor_rate, 188]", "178", "floor_rate * 0.88 * 0.88",
            "inns['walk_cost']['I010']", "float('nan')", "True",
        ],
    },
    "base_rate": {
        "right": [
            "int(base_rate)", "float(base_rate)", "np.int32(base_rate)", "Decimal(int(base_rate))", "Fraction(int(base_rate))", "[base_rate]", "pd.Series([base_rate])",
            "cost / (1 - commission) * elasticity / (1 + elasticity)", "cost / (1 - commission) / (1 + 1 / elasticity)", "table['margin'].sort_values().index[-1]",
            "max(rates, key=lambda r: (r * (1 - commission) - cost) * asked * (r / at) ** elasticity)",
            "rates[int(np.argmax([(r * (1 - commission) - cost) * (r / at) ** elasticity for r in rates]))]", "263.6", "table['margin'].nlargest(1).index",
        ],
        "wrong": [
            "base_rate + 2", "base_rate - 2", "base_rate / 100", "-base_rate", "str(base_rate)", "f'{base_rate} yuan'", "None", "...", "table", "table['margin']",
            "table['margin'].idxmin()", "table['margin'].argmax()", "max(rates)", "table['asked'].idxmax()", "[262, 264]", "260", "270", "float('inf')", "lambda: 264",
        ],
    },
    "nights_sold": {
        "right": [
            "float(nights_sold)", "np.float64(nights_sold)", "Decimal(str(nights_sold))", "Fraction(nights_sold)", "[nights_sold]", "np.array([nights_sold])",
            "round(nights_sold, 3)", "table['sold']", "table['sold'].iloc[0]", "table['margin'][rate] / table['each'][rate]",
            "methods.rate_table(range(330, 350), asked, at=at, elasticity=elasticity, cost=0, rooms=rooms)['sold'][338]",
            "(lambda m: sum(min(k, rooms) * np.exp(-m) * m**k / np.prod(np.arange(1.0, k + 1)) for k in range(60)))(asked * (rate / at) ** elasticity)",
            "methods.rate_table([rate], [asked, asked], at=at, elasticity=elasticity, cost=cost, rooms=[rooms, rooms])['sold'][rate]",
        ],
        "wrong": [
            "nights_sold + 0.002", "nights_sold - 0.002", "round(nights_sold, 1)", "round(nights_sold)", "-nights_sold", "str(nights_sold)", "None", "...", "table",
            "table['asked']", "table['asked'][rate] - nights_sold", "rooms - nights_sold", "rooms", "nights_sold / asked", "100 * nights_sold / rooms",
            "np.minimum(np.random.default_rng(1).poisson(table['asked'][rate], 1000), rooms).mean()", "[nights_sold, rooms]",
        ],
    },
    "card": {
        "right": [
            "pd.Series(card)", "pd.Series(card).sort_values()", "dict(sorted(card.items(), reverse=True))", "{k: int(v) for k, v in card.items()}",
            "{k: float(v) for k, v in card.items()}", "pd.Series(card).rename('rate').reset_index()", "pd.DataFrame({'rate': pd.Series(card)})",
            "{k: np.int16(v) for k, v in card.items()}", "pd.Series(card, dtype='Int64')", "{k: Decimal(int(v)) for k, v in card.items()}",
            "{k: [x for x in rates if some['rate'].quantile(0.05) <= x <= some['rate'].quantile(0.95)][int(np.argmax([methods.rate_table([x], some['demand'], **terms)['margin'].iloc[0] for x in rates if some['rate'].quantile(0.05) <= x <= some['rate'].quantile(0.95)]))] for k, some in ours.groupby('night')}",
            "{k: methods.rate_table([x for x in rates if np.percentile(some['rate'], 5) <= x <= np.percentile(some['rate'], 95)], some['demand'], **terms)['margin'].idxmax() for k, some in ours.groupby('night')}",
        ],
        "wrong": [
            "card['weekday']", "list(card.values())", "{k: v + 10 for k, v in card.items()}", "{k: v for k, v in card.items() if k != 'holiday'}", "card | {'holiday': 728}",
            "card | {'weekday': 428}", "card | {'party': 998}", "{k: f'{v} yuan' for k, v in card.items()}", "{k: -v for k, v in card.items()}", "None", "...", "table",
            "pd.Series(card).mean()", "{'weekday': card['weekend'], 'weekend': card['weekday'], 'holiday': card['holiday']}", "{k: None for k in card}", "pd.Series(card) / 100",
            "str(card)", "{'I011': card['weekday']}", "card | {'holiday': float('nan')}",
        ],
    },
    "card_gain": {
        "right": [
            "float(card_gain)", "round(card_gain)", "np.float32(card_gain)", "Decimal(str(card_gain))", "Fraction(card_gain)", "[card_gain]", "pd.Series([card_gain])",
            "{'gain': card_gain}", "-(single.max() - weekday.max() - weekend.max() - holiday.max())",
            "sum(m.max() - m[single.idxmax()] for m in (weekday, weekend, holiday))",
            "weekday.max() + weekend.max() + holiday.max() - 365 * methods.rate_table(rates, np.repeat([2.4, 4.6, 13.0], [250, 95, 20]), **terms)['margin'].max()",
            "sum(nights[k] * methods.rate_table(rates, asked[k], **terms)['margin'].max() for k in nights) - max(single)",
            "pd.DataFrame({'a': weekday, 'b': weekend, 'c': holiday}).max().sum() - pd.DataFrame({'a': weekday, 'b': weekend, 'c': holiday}).sum(axis=1).max()",
        ],
        "wrong": [
            "-card_gain", "card_gain + 2", "card_gain - 2", "card_gain / 1000", "card_gain / 100", "round(card_gain, -2)", "str(card_gain)", "f'{card_gain:.0f} yuan'", "None", "...",
            "single", "weekday - weekend", "single.max() - weekday.max()", "card_gain / 12", "[card_gain, 0]", "weekday.idxmax() - single.idxmax()", "float('nan')", "2 * card_gain",
        ],
    },
}  # fmt: skip
