"""Attacks on the checks of a4_how_sure."""

ATTACKS = {
    "low_end": {
        "right": [
            "float(low_end)", "np.float64(low_end)", "np.float32(low_end)", "Decimal(str(low_end))", "Fraction(low_end)", "[low_end]", "pd.Series([low_end])",
            "pd.DataFrame([[low_end]])", "round(low_end, 3)", "{'low': low_end}",
            "100 * methods.wilson(26, 5000)[1]",
            "methods.wilson(len(mine.drop_duplicates('person')), 5000)[1] * 100",
            "100 * pd.Series(methods.wilson(mine.groupby('person').ngroups, viewers['S0114']), index=['rate', 'low', 'high'])['low']",
            "(lambda p, n, z: 100 * (p + z * z / 2 / n - z * np.sqrt(p * (1 - p) / n + z * z / 4 / n**2)) / (1 + z * z / n))(26 / 5000, 5000, 1.959964)",
        ],
        "wrong": [
            "low_end / 100", "low_end + 0.002", "low_end - 0.002", "round(low_end, 1)", "str(low_end)", "None", "-low_end", "1 - low_end", "methods.wilson(26, 5000)", "(low, high)",
            "100 * (0.0052 - 1.96 * np.sqrt(0.0052 * 0.9948 / 5000))", "100 * methods.wilson(26, 5000, 0.9)[1]", "100 * methods.wilson(26, 5000, 0.99)[1]",
            "100 * methods.wilson(27, 5000)[1]", "1000 * methods.wilson(26, 5000)[1]", "100 * methods.wilson(28, 5955)[1]",
        ],
    },
    "gain": {
        "right": [
            "{'high': gain['high'], 'low': gain['low']}", "pd.Series(gain)", "pd.Series(gain)[::-1]", "pd.Series(gain).to_frame()", "pd.DataFrame([gain])",
            "pd.Series(gain).reset_index()", "pd.Series(gain, dtype='float32')", "{k: Decimal(str(v)) for k, v in gain.items()}", "{k: Fraction(v) for k, v in gain.items()}",
            "{k: round(v, 2) for k, v in gain.items()}", "list(gain.items())", "{'low': [gain['low']], 'high': np.array([gain['high']])}",
            "dict(zip(['low', 'high'], 100 * np.array(methods.difference(212, 24000, 26, 5000))[1:]))",
        ],
        "wrong": [
            "{k: v / 100 for k, v in gain.items()}", "{'low': gain['high'], 'high': gain['low']}", "{'low': gain['low']}", "[gain['low'], gain['high']]", "None", "gain['high'] - gain['low']",
            "{k: str(v) for k, v in gain.items()}", "{k: round(v, 1) for k, v in gain.items()}", "{**gain, 'value': 100 * more}", "{k: -v for k, v in gain.items()}", "{k: v + 0.02 for k, v in gain.items()}",
            "dict(zip(['low', 'high'], 100 * np.array(methods.difference(212, 24000, 26, 5000, 0.9))[1:]))", "{**gain, 'low': 0}", "{'from': gain['low'], 'to': gain['high']}", "(gain['low'], gain['high'])",
            "{'low': 100 * more, 'high': gain['low']}", "{'low': 100 * more, 'high': gain['high']}", "{'low': gain['low'], 'high': 100 * more}",
        ],
    },
    "times": {
        "right": [
            "float(times)", "np.float64(times)", "np.float32(times)", "np.float16(times)", "Decimal(str(times))", "Fraction(times)", "[times]", "pd.Series([times])", "round(times, 2)", "round(times, 3)",
            "np.diff(by_show[1:])[0] / np.diff(by_person[1:])[0]", "(by_show[1] - by_show[2]) / (by_person[1] - by_person[2])",
            "np.ptp(100 * np.array(by_show)) / np.ptp(100 * np.array(by_person))",
        ],
        "wrong": [
            "round(times)", "times + 0.2", "times - 0.2", "-times", "1 / times", "times * 100", "str(times)", "None", "by_show", "times**2", "by_show[2] / by_show[1]", "by_show[1] / by_person[1]", "f'{times:.1f} times'",
            "[times, times]", "times - 1", "round(times, 1)", "times + 0.02", "times - 0.02",
            "np.ptp(methods.ratio_of_sums(shows['orders'], shows['viewers'])[1:]) / np.ptp(methods.wilson(shows['orders'].sum(), shows['viewers'].sum())[1:])",
            "np.ptp(methods.ratio_of_sums(shows['buyers'], shows['views'])[1:]) / np.ptp(methods.wilson(shows['buyers'].sum(), shows['views'].sum())[1:])",
            "(by_show[2] - by_show[0]) / (by_person[2] - by_person[0])",
        ],
    },
    "supported": {
        "right": [
            "dict(reversed(list(supported.items())))", "pd.Series(supported)", "pd.Series(supported).to_frame()", "pd.DataFrame([supported])", "pd.Series(supported).reset_index()",
            "{k: v.upper() for k, v in supported.items()}", "{k: f' {v} ' for k, v in supported.items()}", "pd.Series(supported).sort_values()", "list(supported.items())",
            "pd.Series(supported).astype('category')", "pd.Series(supported, dtype='string')", "{k: np.str_(v) for k, v in supported.items()}",
        ],
        "wrong": [
            "{k: 'yes' if v == 'no' else 'no' for k, v in supported.items()}", "{k: v == 'yes' for k, v in supported.items()}", "dict.fromkeys(supported, 'no')", "{**supported, 'f': 'yes'}",
            "{k: v for k, v in supported.items() if v == 'yes'}", "list(supported.values())", "None", "{**supported, 'c': None}", "{**supported, 'a': ...}", "{**supported, 'a': 'maybe'}", "'yes'",
            "{**supported, 'a': 'no', 'd': 'yes'}", "set(supported)",
        ],
    },
    "host_rate": {
        "right": [
            "{k: host_rate[k] for k in ['high', 'low', 'rate']}", "pd.Series(host_rate)", "pd.Series(host_rate)[::-1]", "pd.Series(host_rate).to_frame()", "pd.DataFrame([host_rate])", "pd.Series(host_rate).reset_index()",
            "pd.Series(host_rate, dtype='float32')", "{k: Decimal(str(v)) for k, v in host_rate.items()}", "{k: round(v, 2) for k, v in host_rate.items()}", "list(host_rate.items())", "{k: Fraction(v) for k, v in host_rate.items()}",
            "dict(zip(['rate', 'low', 'high'], 1000 * np.array(methods.ratio_of_sums(own['buyers'].to_numpy(), list(own['viewers'])))))",
            "dict(zip(['rate', 'low', 'high'], methods.ratio_of_sums(1000 * own['buyers'], own['viewers'])))",
        ],
        "wrong": [
            "{k: v / 1000 for k, v in host_rate.items()}", "{k: v / 10 for k, v in host_rate.items()}", "{k: round(v) for k, v in host_rate.items()}", "{**host_rate, 'low': host_rate['high'], 'high': host_rate['low']}",
            "{k: v for k, v in host_rate.items() if k != 'rate'}", "list(host_rate.values())", "host_rate['rate']", "None", "{k: str(v) for k, v in host_rate.items()}", "{**host_rate, 'rate': 1000 * (own['buyers'] / own['viewers']).mean()}",
            "{k: v + 0.2 for k, v in host_rate.items()}", "dict(zip(['rate', 'low', 'high'], 1000 * np.array(methods.ratio_of_sums(own['buyers'], own['viewers'], level=0.9))))", "{'value': host_rate['rate'], 'low': host_rate['low'], 'high': host_rate['high']}",
            "tuple(host_rate.values())", "{k: round(v, 1) for k, v in host_rate.items()}",
            "dict(zip(['rate', 'low', 'high'], 1000 * np.array(methods.ratio_of_sums(own['buyers'][::-1], own['viewers'][::-1]))))",
            "dict(zip(['rate', 'low', 'high'], 1000 * np.array(methods.ratio_of_sums(own[own['buyers'] > 0]['buyers'], own[own['buyers'] > 0]['viewers']))))",
            "dict(zip(['rate', 'low', 'high'], 1000 * np.array(methods.ratio_of_sums(own['buyers'] / own['viewers'], np.ones(len(own))))))",
        ],
    },
}  # fmt: skip
