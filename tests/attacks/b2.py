"""Attacks on the checks of b2_pickup."""

ATTACKS = {
    "on_books": {
        "right": [
            "int(on_books)", "float(on_books)", "np.int32(on_books)", "np.float64(on_books)", "Decimal(int(on_books))", "Fraction(int(on_books))", "[on_books]", "pd.Series([on_books])", "np.array([[on_books]])",
            "methods.booking_curves(nights, [14]).loc['2025-05-01', 14]",
            "((one['booked'] <= '2025-04-17') & ~(one['canceled'] <= '2025-04-17')).sum()",
            "len(made[made['canceled'].isna() | (made['canceled'] > today)])",
            "len(made) - made['canceled'].le(pd.Timestamp(today)).sum()",
            "sum(b <= pd.Timestamp(today) and not c <= pd.Timestamp(today) for b, c in zip(one['booked'], one['canceled']))",
        ],
        "wrong": [
            "on_books + 1", "on_books - 1", "str(on_books)", "None", "...", "-on_books", "on_books / 158", "100 * on_books / 158", "[on_books, on_books]", "made", "one", "True", "float('nan')",
            "len(made) - made['canceled'].notna().sum()", "made['canceled'].isna().sum()", "(one['booked'] > today).sum()", "methods.booking_curves(nights, [7]).loc['2025-05-01', 7]",
            "methods.booking_curves(nights, [0]).loc['2025-04-17', 0]", "(bookings['booked'] <= today).sum()", "methods.booking_curves(nights, [14]).loc['2025-04-17', 14]",
        ],
    },
    "early": {
        "right": [
            "early[::-1]", "early.to_dict()", "early.to_frame()", "early.reset_index()", "early.astype('float32')", "early.rename('x')", "early.round(1)", "early.sort_values()", "list(early.items())",
            "100 * group[14].mean() / group[0].mean()", "{k: Decimal(str(v)) for k, v in early.items()}", "{k: Fraction(v) for k, v in early.items()}",
            "(lambda t: 100 * t[14] / t[0])(year.pivot_table(index='kind', values=[0, 14], aggfunc='sum'))",
        ],
        "wrong": [
            "early / 100", "early.head(2)", "early.mean()", "list(early)", "early.round(0)", "early + 0.2", "None", "pd.Series(list(early)[::-1], index=early.index)", "early.astype(str)", "-early",
            "pd.concat([early, pd.Series({'all': 40.0})])", "early.rename({'weekday': 'Monday'})", "100 - early", "group[14].sum()", "group[0].sum()", "group[14].mean()", "100 * group[14].sum() / group[7].sum()",
            "100 * year[14].sum() / year[0].sum()", "group[[0, 14]].sum()",
        ],
    },
    "pick_up": {
        "right": [
            "float(pick_up)", "np.float64(pick_up)", "np.float32(pick_up)", "Decimal(str(pick_up))", "Fraction(pick_up)", "[pick_up]", "pd.Series([pick_up])", "round(pick_up, 1)", "{'pick_up': pick_up}",
            "methods.pickup_forecast(usual, today, 7)[0] - usual.loc['2025-06-14', 7]", "saturdays[0].mean() - saturdays[7].mean()", "(saturdays[0] - saturdays[7]).sum() / 10", "-saturdays[[0, 7]].diff(axis=1)[7].mean()",
        ],
        "wrong": [
            "-pick_up", "pick_up / 100", "pick_up + 0.2", "pick_up - 0.2", "round(pick_up) + 1", "str(pick_up)", "None", "saturdays[0] - saturdays[7]", "saturdays[7].mean()", "[pick_up, 0]", "float('inf')",
            "methods.pickup_forecast(usual, today, 7)", "methods.pickup_forecast(usual, today, 7)[0]", "(saturdays[0] / saturdays[7]).mean()", "(saturdays[7] - saturdays[14]).mean()", "(saturdays[0] - saturdays[7]).std()",
            "(saturdays[0] - saturdays[7]).max()", "(lambda f: (f[0] - f[7]).mean())(usual[usual['weekday'] == 'Sunday'].loc[:today].tail(10))",
            "(lambda f: (f[0] - f[7]).mean())(usual[usual['weekday'] == 'Saturday'].loc[:today].tail(5))",
        ],
    },
    "ahead_30": {
        "right": [
            "{'high': ahead_30['high'], 'low': ahead_30['low'], 'forecast': ahead_30['forecast']}", "pd.Series(ahead_30)", "pd.Series(ahead_30)[::-1]", "pd.Series(ahead_30).to_frame()", "pd.DataFrame([ahead_30])",
            "pd.Series(ahead_30).reset_index()", "pd.Series(ahead_30, dtype='float32')", "{k: Decimal(str(v)) for k, v in ahead_30.items()}", "{k: Fraction(v) for k, v in ahead_30.items()}",
            "{k: round(v, 1) for k, v in ahead_30.items()}", "list(ahead_30.items())", "dict(zip(['forecast', 'low', 'high'], methods.pickup_forecast(usual, pd.Timestamp(today), 30)))",
            "dict(zip(['forecast', 'low', 'high'], methods.pickup_forecast(usual, today, 30, past=10, level=0.95)))",
            "(lambda g, n: dict(zip(['low', 'forecast', 'high'], n + g.mean() + np.array([-1, 0, 1]) * 2.262157 * g.std() * np.sqrt(1.1))))((lambda f: f[0] - f[30])(usual[usual['weekday'] == 'Sunday'].loc[:today].tail(10)), usual.loc['2025-11-30', 30])",
        ],
        "wrong": [
            "{k: v / 100 for k, v in ahead_30.items()}", "{'low': low, 'high': high}", "[low, middle, high]", "None", "middle", "{k: str(v) for k, v in ahead_30.items()}", "{k: round(v) for k, v in ahead_30.items()}",
            "{**ahead_30, 'books': 1}", "{k: -v for k, v in ahead_30.items()}", "{k: v + 0.2 for k, v in ahead_30.items()}", "{'low': low - middle, 'forecast': middle, 'high': high - middle}",
            "dict(zip(['forecast', 'low', 'high'], methods.pickup_forecast(usual, today, 30, past=5)))", "dict(zip(['forecast', 'low', 'high'], methods.pickup_forecast(usual, today, 30, level=0.9)))",
            "dict(zip(['forecast', 'low', 'high'], methods.pickup_forecast(usual, '2025-11-01', 30)))", "{**ahead_30, 'low': ...}", "{**ahead_30, 'low': 0}", "{**ahead_30, 'high': None}", "(low, high)",
        ],
    },
    "misses": {
        "right": [
            "{'naive': misses['naive'], 'pick-up': misses['pick-up']}", "pd.Series(misses)", "pd.Series(misses)[::-1]", "pd.Series(misses).to_frame()", "pd.DataFrame([misses])", "pd.Series(misses).reset_index()",
            "pd.Series(misses, dtype='float32')", "{k: Decimal(str(v)) for k, v in misses.items()}", "{k: Fraction(v) for k, v in misses.items()}", "{k: round(v, 2) for k, v in misses.items()}", "list(misses.items())",
            "{'pick-up': np.abs(log['sold'] - log['pick-up']).mean(), 'naive': np.mean([abs(sold[n - pd.Timedelta(weeks=52)] - s) for n, s in zip(log['night'], log['sold'])])}",
            "{'pick-up': (log['pick-up'] - log['sold']).abs().sum() / len(log), 'naive': misses['naive']}",
            "{'pick-up': misses['pick-up'], 'naive': (curves[0].shift(364)[log['night']] - curves[0][log['night']]).abs().mean()}",
        ],
        "wrong": [
            "{k: v / 100 for k, v in misses.items()}", "{'pick-up': misses['pick-up']}", "list(misses.values())", "None", "misses['naive']", "{k: str(v) for k, v in misses.items()}", "{k: round(v) for k, v in misses.items()}",
            "{k: -v for k, v in misses.items()}", "{k: v + 0.02 for k, v in misses.items()}", "{**misses, 'sold': 1.0}", "log", "{**misses, 'naive': ...}", "{**misses, 'naive': misses['pick-up']}",
            "{**misses, 'pick-up': (log['high'] - log['sold']).abs().mean()}", "{**misses, 'naive': (log['sold'] - log['sold'].mean()).abs().mean()}", "{**misses, 'naive': (curves[0].shift(371)[log['night']] - curves[0][log['night']]).abs().mean()}",
            "{**misses, 'naive': (curves[0].shift(366)[log['night']] - curves[0][log['night']]).abs().mean()}", "{**misses, 'pick-up': log['pick-up'].mean()}",
        ],
    },
}  # fmt: skip
