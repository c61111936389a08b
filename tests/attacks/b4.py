"""Attacks on the checks of b4_overbooking."""

ATTACKS = {
    "late_rate": {
        "right": [
            "float(late_rate)", "np.float64(late_rate)", "Decimal(str(late_rate))", "Fraction(late_rate)", "[late_rate]", "pd.Series([late_rate])",
            "round(late_rate, 3)", "{'rate': late_rate}",
            "100 * methods.late_losses(bookings[bookings['arrival'] >= '2025-07-01'], '2025-12-31')[0]",
            "100 * methods.late_losses(half, '2026-01-31')[0]",
            "100 - 100 * eve['status'].isin(['stayed', 'walked']).mean()",
            "100 * ((eve['ahead'] == 0) | (eve['status'] == 'no-show')).sum() / len(eve)",
            "100 * (eve['canceled'].notna().sum() + (eve['status'] == 'no-show').sum()) / eve['booking'].count()",
            "100 * eve['status'].value_counts(normalize=True)[['canceled', 'no-show']].sum()",
        ],
        "wrong": [
            "late_rate / 100", "100 - late_rate", "late_rate + 0.002", "late_rate - 0.002", "round(late_rate, 1)", "str(late_rate)", "None", "...", "-late_rate",
            "methods.late_losses(half, '2025-12-31')", "methods.late_losses(half, '2025-12-31')[0]", "100 * methods.late_losses(half, '2025-12-31')[1]",
            "100 * methods.late_losses(half, '2025-12-31', ahead=3)[0]", "100 * methods.late_losses(half, '2025-09-30')[0]", "eve", "len(eve)",
            "100 * (eve['status'] == 'walked').mean()", "100 * half['status'].isin(['canceled', 'no-show']).mean()", "f'{late_rate} %'", "float('nan')",
        ],
    },
    "ratio": {
        "right": [
            "float(ratio)", "np.float64(ratio)", "Decimal(str(ratio))", "Fraction(ratio)", "[ratio]", "pd.Series([ratio])", "round(ratio, 3)",
            "100 / (1 + walk_cost / left)", "100 - 100 * walk_cost / (left + walk_cost)", "(0.88 * price - night_cost) / (0.88 * price - night_cost + walk_cost) * 100",
            "100 * (price - price * commission - night_cost) / (price - price * commission - night_cost + walk_cost)", "pd.DataFrame({'ratio': [ratio]})",
            "27.692",
        ],
        "wrong": [
            "ratio / 100", "100 - ratio", "ratio + 0.002", "ratio - 0.002", "round(ratio)", "round(ratio, 1)", "str(ratio)", "None", "...", "left", "walk_cost", "-ratio",
            "100 * left / (walk_cost - left)", "100 * walk_cost / left", "100 * (left - night_cost) / (left - night_cost + walk_cost)",
            "100 * left / (left + walk_cost + night_cost)", "walk_cost - left", "[left, walk_cost]", "100 * night_cost / (night_cost + walk_cost)", "f'{ratio} %'",
        ],
    },
    "sent_away": {
        "right": [
            "float(sent_away)", "np.float32(sent_away)", "Decimal(str(sent_away))", "Fraction(sent_away)", "[sent_away]", "np.array([sent_away])",
            "round(sent_away, 2)", "100 * (show ** 6 + 6 * show ** 5 * (1 - show))", "100 * outcome['chance'].loc[5:].sum()",
            "100 - 100 * outcome['chance'].loc[:4].sum()", "100 * outcome['chance'][[5, 6]].sum()", "100 * methods.outcomes(6, 4, show, 1, 0)['chance'].tail(2).sum()",
            "100 * outcome[outcome.index > rooms]['chance'].sum()", "100 * (outcome['chance'] * (outcome['walked'] > 0)).sum()",
        ],
        "wrong": [
            "sent_away / 100", "100 - sent_away", "sent_away + 0.02", "sent_away - 0.02", "round(sent_away)", "str(sent_away)", "None", "...", "outcome", "outcome['chance']",
            "100 * outcome['chance'][4]", "100 * outcome['chance'].sum()", "outcome['walked'].sum()", "100 * (1 - show ** 6)", "100 * (1 - show) ** 6", "100 * show",
            "100 * methods.outcomes(5, 4, show, 1, 0)['chance'][5] / 2", "methods.night_margin(6, 4, show, left, walk_cost)", "True", "f'{sent_away} %'",
        ],
    },
    "brings": {
        "right": [
            "float(brings)", "np.float64(brings)", "Decimal(str(brings))", "Fraction(brings)", "[brings]", "pd.Series([brings])", "round(brings, 1)",
            "comes * (left * (1 - comes ** 6) - walk_cost * comes ** 6)",
            "comes * left - comes ** 7 * (left + walk_cost)",
            "methods.night_margin(7, 6, 404 / 428, left, walk_cost) - 6 * (404 / 428) * left",
            "(lambda t: (t['chance'] * t['left']).sum())(methods.outcomes(7, 6, comes, left, walk_cost)) - 6 * comes * left",
            "-(methods.night_margin(6, rooms, comes, left, walk_cost) - methods.night_margin(7, rooms, comes, left, walk_cost))",
            "methods.night_margin(rooms + 1, rooms, 1 - 24 / 428, left, walk_cost) - methods.night_margin(rooms, rooms, 1 - 24 / 428, left, walk_cost)",
        ],
        "wrong": [
            "-brings", "abs(brings)", "brings + 0.2", "brings - 0.2", "round(brings)", "str(brings)", "None", "...", "comes", "brings * 365", "walk_cost - left",
            "-walk_cost", "methods.best_limit(rooms, comes, left, walk_cost)", "methods.outcomes(7, 6, comes, left, walk_cost)", "brings / left",
            "methods.night_margin(7, 7, comes, left, walk_cost) - methods.night_margin(6, 6, comes, left, walk_cost)",
            "methods.night_margin(7, rooms, round(comes, 2), left, walk_cost) - methods.night_margin(6, rooms, round(comes, 2), left, walk_cost)",
            "(6 * 190 - 430) * comes ** 7 - 6 * 190 * comes ** 6", "[brings, 0]", "f'{brings} yuan'", "float('-inf')",
        ],
    },
    "pool_gain": {
        "right": [
            "float(pool_gain)", "np.float64(pool_gain)", "Decimal(str(pool_gain))", "Fraction(pool_gain)", "[pool_gain]", "pd.Series([pool_gain])", "round(pool_gain, 1)",
            "methods.night_margin(82, 80, show, left, walk_cost) - 80 * show * left",
            "methods.night_margin(82, 80, show, left, walk_cost) - methods.night_margin(80, 80, show, left, walk_cost)",
            "max(methods.night_margin(k, 80, show, left, walk_cost) for k in range(80, 100)) - 16 * 5 * show * left",
            "(lambda t: (t['chance'] * t['left']).sum())(methods.outcomes(house, 80, show, left, walk_cost)) - 16 * methods.night_margin(5, 5, show, left, walk_cost)",
            "together - sum([methods.night_margin(own, 5, show, left, walk_cost)] * 16)", "{'gain': pool_gain}",
        ],
        "wrong": [
            "-pool_gain", "pool_gain / 16", "pool_gain / 80", "pool_gain + 0.2", "pool_gain - 0.2", "round(pool_gain)", "str(pool_gain)", "None", "...", "house", "together",
            "together / 80 - methods.night_margin(5, 5, show, left, walk_cost) / 5", "pool_gain * 365", "together - 15 * methods.night_margin(5, 5, show, left, walk_cost)",
            "methods.night_margin(83, 81, show, left, walk_cost) - 16 * methods.night_margin(5, 5, show, left, walk_cost)", "2 * left * show", "house - 80",
            "methods.night_margin(85, 80, show, left, walk_cost) - 80 * show * left", "[pool_gain, together]", "f'{pool_gain} yuan'", "float('nan')",
        ],
    },
}  # fmt: skip
