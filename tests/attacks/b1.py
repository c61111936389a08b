"""Attacks on the checks of b1_room_nights."""

ATTACKS = {
    "room_nights": {
        "right": [
            "int(room_nights)", "float(room_nights)", "np.int32(room_nights)", "np.float64(room_nights)", "Decimal(int(room_nights))", "Fraction(int(room_nights))",
            "[room_nights]", "pd.Series([room_nights])", "np.array([[room_nights]])",
            "len(nights[nights['night'].between('2025-03-01', '2025-03-31')])",
            "len(nights.query('night >= \"2025-03-01\" and night < \"2025-04-01\"'))",
            "nights['night'].dt.strftime('%Y-%m').value_counts()['2025-03']",
            "sum(((d + pd.Timedelta(days=k)).year, (d + pd.Timedelta(days=k)).month) == (2025, 3) for d, n in zip(stayed['arrival'], stayed['nights']) for k in range(n))",
            "(nights['night'].dt.to_period('M') == '2025-03').sum()",
            "((stayed['arrival'] + pd.to_timedelta(stayed['nights'], unit='D')).clip(upper=pd.Timestamp('2025-04-01')) - stayed['arrival'].clip(lower=pd.Timestamp('2025-03-01'))).dt.days.clip(lower=0).sum()",
        ],
        "wrong": [
            "room_nights + 1", "room_nights - 1", "str(room_nights)", "None", "...", "-room_nights", "room_nights / 31", "room_nights / 6", "[room_nights, room_nights]", "nights",
            "nights[nights['night'].between('2025-03-01', '2025-03-31')]", "nights[nights['night'].between('2025-03-01', '2025-03-31')]['booking'].nunique()",
            "nights['night'].between('2024-03-01', '2024-03-31').sum()", "(nights['night'].dt.month == 3).sum()", "True", "float('nan')", "100 * room_nights / 186",
            "nights['night'].between('2025-03-02', '2025-03-31').sum()", "nights['night'].between('2025-03-01', '2025-03-30').sum()",
            "nights[nights['night'].between('2025-03-01', '2025-03-31')]['night'].nunique()",
        ],
    },
    "available": {
        "right": [
            "int(available)", "float(available)", "np.int32(available)", "Decimal(int(available))", "Fraction(int(available))", "[available]", "pd.Series([available])", "np.array([[available]])",
            "(184 - (own['since'] - pd.Timestamp('2024-07-01')).dt.days.clip(lower=0)).sum() - closed_half",
            "5 * 184 + 13 - 19",
            "sum((d >= s) for s in own['since'] for d in pd.date_range('2024-07-01', '2024-12-31')) - closed_half",
            "len(could[could['night'].dt.to_period('Q').astype(str).isin(['2024Q3', '2024Q4'])]) - closed['night'].between('2024-07-01', '2024-12-31').sum()",
            "len(set(zip(could['room'], could['night'])) - set(zip(closed['room'], closed['night']))) - (could['night'] < '2024-07-01').sum() + (closed['night'] < '2024-07-01').sum()",
        ],
        "wrong": [
            "available + 1", "available - 1", "str(available)", "None", "-available", "available / 184", "[available, available]", "could", "could_half", "closed_half", "True", "6 * 184 - 19", "5 * 184 - 19",
            "6 * 183", "len(could)", "len(could) - len(closed)", "could_half - shut['nights'].sum()", "could_half - len(shut)", "6 * 184 - 13 - 19", "100 * available / (6 * 184)",
        ],
    },
    "price_of_a_night": {
        "right": [
            "{'net ADR': price_of_a_night['net ADR'], 'ADR': price_of_a_night['ADR']}", "pd.Series(price_of_a_night)", "pd.Series(price_of_a_night)[::-1]", "pd.Series(price_of_a_night).to_frame()",
            "pd.DataFrame([price_of_a_night])", "pd.Series(price_of_a_night).reset_index()", "pd.Series(price_of_a_night, dtype='float32')",
            "{k: Decimal(str(v)) for k, v in price_of_a_night.items()}", "{k: Fraction(v) for k, v in price_of_a_night.items()}", "{k: round(v, 2) for k, v in price_of_a_night.items()}",
            "list(price_of_a_night.items())", "{'ADR': [price_of_a_night['ADR']], 'net ADR': np.array([price_of_a_night['net ADR']])}",
            "{'ADR': each.mean(), 'net ADR': (each * (1 - 0.12 * (may['channel'] == 'platform'))).mean()}",
            "{'ADR': each.mean(), 'net ADR': measures.net_adr(each.sum(), len(may), fee / each.sum())}",
        ],
        "wrong": [
            "{k: v / 100 for k, v in price_of_a_night.items()}", "{'ADR': price_of_a_night['ADR']}", "[price_of_a_night['ADR'], price_of_a_night['net ADR']]", "None", "price_of_a_night['ADR']",
            "{k: str(v) for k, v in price_of_a_night.items()}", "{k: round(v) for k, v in price_of_a_night.items()}", "{**price_of_a_night, 'RevPAR': 1.0}", "{k: -v for k, v in price_of_a_night.items()}",
            "{k: v + 0.02 for k, v in price_of_a_night.items()}", "{'adr': price_of_a_night['ADR'], 'net': price_of_a_night['net ADR']}",
            "{'ADR': each.median(), 'net ADR': price_of_a_night['net ADR']}", "{'ADR': each.sum(), 'net ADR': each.sum() - fee}", "{'ADR': each.sum() / 31, 'net ADR': (each.sum() - fee) / 31}",
            "{'ADR': each.mean(), 'net ADR': each.mean() * (1 - 0.12) - 1}", "{'ADR': ..., 'net ADR': price_of_a_night['net ADR']}", "{'ADR': each.mean(), 'net ADR': None}",
        ],
    },
    "month": {
        "right": [
            "{'RevPAR': month['RevPAR'], 'occupancy': month['occupancy']}", "pd.Series(month)", "pd.Series(month)[::-1]", "pd.Series(month).to_frame()", "pd.DataFrame([month])",
            "pd.Series(month).reset_index()", "pd.Series(month, dtype='float32')", "{k: Decimal(str(v)) for k, v in month.items()}", "{k: Fraction(v) for k, v in month.items()}",
            "{k: round(v, 2) for k, v in month.items()}", "list(month.items())", "{'occupancy': 100 * sold / 336, 'RevPAR': revenue / 336}",
            "{'occupancy': 100 * sold / available, 'RevPAR': revenue / sold * sold / available}",
        ],
        "wrong": [
            "{k: v / 100 for k, v in month.items()}", "{'occupancy': month['occupancy']}", "list(month.values())", "None", "month['RevPAR']", "{k: str(v) for k, v in month.items()}",
            "{k: round(v) for k, v in month.items()}", "{**month, 'ADR': revenue / sold}", "{k: -v for k, v in month.items()}", "{k: v + 0.02 for k, v in month.items()}",
            "{'occupancy': month['RevPAR'], 'RevPAR': month['occupancy']}", "{'occupancy': 100 * sold / 337, 'RevPAR': revenue / 337}", "{'occupancy': 100 * sold / 31, 'RevPAR': revenue / 31}",
            "{'occupancy': month['occupancy'], 'RevPAR': revenue / 6}", "{'occupancy': 100 * available / sold, 'RevPAR': month['RevPAR']}", "{**month, 'RevPAR': ...}", "{**month, 'occupancy': '33.33 %'}",
        ],
    },
    "whole_year": {
        "right": [
            "{'RevPAR': whole_year['RevPAR'], 'ADR': whole_year['ADR']}", "pd.Series(whole_year)", "pd.Series(whole_year)[::-1]", "pd.Series(whole_year).to_frame()", "pd.DataFrame([whole_year])",
            "pd.Series(whole_year).reset_index()", "pd.Series(whole_year, dtype='float32')", "{k: Decimal(str(v)) for k, v in whole_year.items()}", "{k: Fraction(v) for k, v in whole_year.items()}",
            "{k: round(v, 2) for k, v in whole_year.items()}", "list(whole_year.items())",
            "{'ADR': np.average(year['revenue'] / year['sold'], weights=year['sold']), 'RevPAR': np.average(year['revenue'] / year['available'], weights=year['available'])}",
            "(lambda t: {'ADR': t['revenue'] / t['sold'], 'RevPAR': t['revenue'] / t['available']})(year.sum())",
        ],
        "wrong": [
            "{k: v / 100 for k, v in whole_year.items()}", "{'ADR': whole_year['ADR']}", "list(whole_year.values())", "None", "whole_year['ADR']", "{k: str(v) for k, v in whole_year.items()}",
            "{k: round(v) for k, v in whole_year.items()}", "{k: v + 0.02 for k, v in whole_year.items()}", "{k: v * 12 for k, v in whole_year.items()}", "year", "year.sum()",
            "{'ADR': year['revenue'].mean(), 'RevPAR': year['revenue'].mean()}", "{'ADR': (year['revenue'] / year['sold']).median(), 'RevPAR': (year['revenue'] / year['available']).median()}",
            "{**whole_year, 'RevPAR': year['revenue'].sum() / (6 * 365)}", "{**whole_year, 'RevPAR': year['revenue'].sum() / 365}", "{**whole_year, 'ADR': ...}",
        ],
    },
}  # fmt: skip
