"""Attacks on the checks of b3_cancellations."""

ATTACKS = {
    "early_rate": {
        "right": [
            "float(early_rate)", "np.float64(early_rate)", "Decimal(str(early_rate))", "Fraction(early_rate)", "[early_rate]", "pd.Series([early_rate])",
            "round(early_rate, 2)", "100 * over['canceled'].notna().mean()", "100 * over['canceled'].notna().sum() / len(over)",
            "100 * over['status'].value_counts(normalize=True)['canceled']", "100 * over['canceled'].count() / over['booking'].count()",
            "100 - 100 * over['canceled'].isna().mean()",
            "100 * over.groupby('status')['booking'].count()['canceled'] / len(over)",
        ],
        "wrong": [
            "early_rate / 100", "early_rate + 0.02", "early_rate - 0.02", "round(early_rate)", "str(early_rate)", "None", "...", "100 - early_rate", "-early_rate",
            "over", "len(over)", "[early_rate, early_rate]", "100 * (over['status'] == 'stayed').mean()", "100 * (over['status'] == 'no-show').mean()",
            "100 * (early['status'] == 'canceled').mean()", "100 * (over['checked_in'] == '').mean()", "f'{early_rate} %'",
        ],
    },
    "still_goes": {
        "right": [
            "float(still_goes)", "np.float32(still_goes)", "Decimal(str(still_goes))", "Fraction(still_goes)", "[still_goes]", "np.array([still_goes])", "round(still_goes, 2)",
            "100 * alive['ahead'].notna().mean()", "100 * alive['canceled'].count() / len(alive)",
            "100 * (group['ahead'] <= 10).sum() / (len(group) - (group['ahead'] > 10).sum())",
            "100 * group[group['ahead'].isna() | (group['ahead'] <= 10)]['canceled'].notna().mean()",
            "100 * group[group['ahead'].fillna(0) <= 10]['ahead'].notna().mean()",
            "100 * (group['ahead'] < 11).sum() / (~(group['ahead'] >= 11)).sum()",
        ],
        "wrong": [
            "still_goes / 100", "still_goes + 0.02", "still_goes - 0.02", "round(still_goes)", "str(still_goes)", "None", "alive", "len(alive)", "100 - still_goes",
            "(alive['status'] == 'canceled').sum()", "still_goes / 10", "100 * (group['ahead'] == 10).mean()", "100 * (group['status'] == 'no-show').mean()",
            "100 * group[group['ahead'] <= 10]['ahead'].notna().mean()", "float('nan')", "[still_goes, 0]",
        ],
    },
    "no_show_rate": {
        "right": [
            "float(no_show_rate)", "np.float64(no_show_rate)", "Decimal(str(no_show_rate))", "Fraction(no_show_rate)", "[no_show_rate]", "pd.Series([no_show_rate])",
            "round(no_show_rate, 3)", "100 * (kept['status'] == 'no-show').sum() / len(kept)",
            "100 * kept['status'].value_counts(normalize=True)['no-show']",
            "100 * (year['status'] == 'no-show').sum() / year['canceled'].isna().sum()",
            "100 * (lambda y: (y['status'] == 'no-show').sum() / y['canceled'].isna().sum())(bookings[bookings['arrival'].dt.year == 2025])",
            "100 * len(kept[kept['status'] == 'no-show']) / len(kept)", "{'rate': no_show_rate}",
        ],
        "wrong": [
            "no_show_rate / 100", "no_show_rate + 0.002", "no_show_rate - 0.002", "round(no_show_rate, 1)", "str(no_show_rate)", "None", "kept", "-no_show_rate", "100 - no_show_rate",
            "100 * (kept['checked_in'] == '').mean()", "100 * (bookings['status'] == 'no-show').mean()", "(kept['status'] == 'no-show').sum()",
            "100 * (year['status'] == 'canceled').mean()", "100 * (kept['status'] == 'walked').mean()", "[1, 2]", "float('inf')",
        ],
    },
    "right": {
        "right": [
            "float(right)", "np.float64(right)", "Decimal(str(right))", "Fraction(right)", "[right]", "pd.Series([right])", "round(right, 2)",
            "100 * (foretold == over['canceled'].notna()).mean()", "100 - 100 * (foretold != over['canceled'].notna()).mean()",
            "100 * ((foretold & over['canceled'].notna()).sum() + (~foretold & over['canceled'].isna()).sum()) / len(over)",
            "100 * (~(foretold ^ (over['status'] == 'canceled'))).sum() / len(over)",
            "100 * np.mean([a == b for a, b in zip(foretold, over['canceled'].notna())])",
            "100 * (foretold.astype(int) == over['canceled'].notna().astype(int)).mean()",
        ],
        "wrong": [
            "right / 100", "right + 0.02", "right - 0.02", "round(right)", "str(right)", "None", "foretold", "100 - right", "100 * foretold.mean()",
            "100 * (foretold == (over['checked_in'] == '')).mean()", "(foretold == (over['status'] == 'canceled')).sum()", "100.0",
            "100 * (foretold == (over['status'] == 'stayed')).mean()", "True", "[right, 100 - right]", "over",
        ],
    },
    "points": {
        "right": [
            "float(points)", "np.float64(points)", "Decimal(str(points))", "Fraction(points)", "[points]", "pd.Series([points])", "round(points, 2)", "{'points': points}",
            "-(rate[0.5] - rate[0])", "rate.loc[0] - rate.loc[0.5]",
            "100 * (rows[rows['deposit'] == 0]['canceled'].notna().mean() - rows[rows['deposit'] == 0.5]['canceled'].notna().mean())",
            "rate.iloc[0] - rate.iloc[2]",
            "100 * (lambda g: g.count() / g.size())(rows.groupby('deposit')['canceled']).loc[[0.5, 0]].diff().iloc[-1]",
        ],
        "wrong": [
            "-points", "points / 100", "points + 0.02", "points - 0.02", "round(points)", "str(points)", "None", "rate", "rate[0]", "rate[0.5]", "rate[0] - rate[0.2]",
            "rate[0.2] - rate[0.5]", "rate[0] / rate[0.5]", "[points, 0]", "f'{points} %'", "float('nan')",
        ],
    },
}  # fmt: skip
