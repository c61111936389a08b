"""Right answers in unusual form and by other routes, and wrong ones, for the questions of Headline numbers."""

ATTACKS = {
    "net": {
        "right": [
            "float(net)", "np.int32(net)", "Decimal(net)", "Fraction(net)", "[net]", "pd.Series([net])", "measures.net_sales(ordered, unpaid, refunded)",
            "ordered - (unpaid + refunded)", "np.subtract(ordered, unpaid + refunded)", "pd.DataFrame({'net': [net]})",
        ],
        "wrong": [
            "str(net)", "None", "-net", "net + 1", "net / 1000", "ordered - refunded", "refunded + unpaid", "[ordered, unpaid, refunded]",
            "measures.paid_sales(ordered, unpaid)", "net / ordered",
        ],
    },
    "per_thousand": {
        "right": [
            "round(per_thousand, 2)", "np.float32(per_thousand)", "Decimal(str(round(per_thousand, 4)))", "[per_thousand]", "pd.Series([per_thousand])",
            "measures.uv_value(figure['host_sales'], figure['host_viewers']) * 1000",
            "measures.gpm(figure['host_sales'], figure['host_viewers'])", "figure['host_sales'] / (figure['host_viewers'] / 1000)",
            "pd.DataFrame({'yuan': [per_thousand]})", "np.array(per_thousand)",
        ],
        "wrong": [
            "per_thousand / 1000", "round(per_thousand)", "str(per_thousand)", "None", "per_thousand * 1000", "-per_thousand",
            "measures.gpm(figure['host_sales'], views)", "figure", "per_thousand + 0.05", "figure['host_viewers'] / 1000",
        ],
    },
    "live_dollars": {
        "right": [
            "float(live_dollars)", "figure['pearl_live'] / rate['Pearl village'] / 1e6", "np.int64(live_dollars)", "Decimal(live_dollars)",
            "Fraction(live_dollars)", "[live_dollars]", "pd.Series([live_dollars])",
            "measures.in_dollars(figure['pearl_live'], rate['Pearl village']) / 1_000_000", "np.float32(live_dollars)",
            "pd.DataFrame({'million': [live_dollars]})",
        ],
        "wrong": [
            "live_dollars + 2", "str(live_dollars)", "None", "live_dollars * 1_000_000", "-live_dollars", "figure['pearl_sales_usd'] / 1e6",
            "rate", "live_dollars / 1000", "figure['pearl_live'] / 1e6", "figure['pearl_live'] * rate['Pearl village'] / 1e6",
        ],
    },
    "kind": {
        "right": [
            "pd.Series(kind)", "pd.Series(kind).iloc[::-1]", "dict(reversed(kind.items()))", "pd.Series(kind).astype('category')",
            "pd.Series(kind).to_frame()", "pd.Series(kind, name='kind').rename_axis('sentence').reset_index()",
            "{k: f' {v} ' for k, v in kind.items()}", "{k: v.lower() for k, v in kind.items()}", "{k: np.str_(v) for k, v in kind.items()}",
            "pd.Series(kind).astype('string')",
        ],
        "wrong": [
            "{**kind, 'a': 'net'}", "{k: v for k, v in kind.items() if k != 'f'}", "{**kind, 'g': 'net'}", "list(kind.values())[:3]", "None",
            "'GMV'", "dict.fromkeys(kind, 'net')", "{**kind, 'b': None}", "{**kind, 'e': ...}", "dict(zip(kind, reversed(list(kind.values()))))",
        ],
    },
    "times": {
        "right": [
            "round(times, 2)", "np.float32(times)", "Decimal(str(round(times, 4)))", "[times]", "pd.Series([times])",
            "village_sales / (residents * gdp_a_head * rate[2022])", "(village_sales / rate[2022]) / (residents * gdp_a_head)",
            "pd.DataFrame({'times': [times]})", "np.array([times])", "measures.in_dollars(village_sales / residents, rate[2022]) / gdp_a_head",
        ],
        "wrong": [
            "1 / times", "times * 100", "round(times)", "str(times)", "None", "-times", "village_sales / residents", "times + 0.05",
            "village_sales / residents / gdp_a_head", "gdp_a_head * rate[2022]",
        ],
    },
}  # fmt: skip
