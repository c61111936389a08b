"""Right answers in unusual form and by other routes, and wrong ones, for the questions of First numbers."""

ATTACKS = {
    "evening": {
        "right": [
            "float(evening)", "np.int64(evening)", "np.float32(evening)", "Decimal(int(evening))", "Fraction(int(evening))", "[evening]",
            "pd.Series([evening])", "pd.DataFrame({'yuan': [evening]})", "sum([tea_price] * tea_pieces) + wine_price * wine_pieces",
            "np.dot([tea_price, wine_price], [tea_pieces, wine_pieces])",
        ],
        "wrong": [
            "str(evening)", "None", "evening + 1", "-evening", "[evening, evening]", "(tea_price + wine_price) * (tea_pieces + wine_pieces)",
            "tea_price * wine_pieces + wine_price * tea_pieces", "tea_price + wine_price", "evening / 100", "True",
        ],
    },
    "fee_percent": {
        "right": [
            "fee / takings * 100", "100 * fee / takings", "round(fee_percent, 1)", "np.float32(fee_percent)", "Decimal(str(round(fee_percent, 3)))",
            "[fee_percent]", "pd.Series([fee_percent])", "Fraction(fee) / Fraction(takings) * 100", "np.float64(fee_percent) + 0.02",
            "pd.DataFrame({'percent': [fee_percent]})",
        ],
        "wrong": [
            "fee / takings", "takings / fee", "str(fee_percent)", "fee_percent + 0.2", "-fee_percent", "None", "fee", "100 - fee_percent",
            "fee / (takings - fee) * 100", "[fee_percent, 100]",
        ],
    },
    "change": {
        "right": [
            "(may / april - 1) * 100", "100 * (may - april) / april", "round(change, 1)", "np.float32(change)", "Decimal(str(round(change, 3)))",
            "[change]", "pd.Series([change])", "pd.Series([april, may]).pct_change().iloc[1] * 100", "np.array(change)", "change + 0.01",
        ],
        "wrong": [
            "(may - april) / may * 100", "may - april", "-change", "may / april * 100", "(may - april) / april", "str(change)", "None",
            "change + 0.3", "[april, may]", "april / may",
        ],
    },
    "fair_price": {
        "right": [
            "price * (1 + rise / 100) * (1 - cut / 100)", "round(fair_price, 2)", "np.float32(fair_price)", "Decimal(str(fair_price))", "[fair_price]",
            "pd.Series([fair_price])", "Fraction(fair_price)", "pd.DataFrame({'yuan': [fair_price]})", "np.array([fair_price])", "fair_price + 0.001",
        ],
        "wrong": [
            "price", "price * (1 + rise / 100)", "price * (1 + (rise - cut) / 100)", "price * (1 - cut / 100)", "str(fair_price)", "None",
            "-fair_price", "fair_price * 100", "fair_price + 0.1", "raised * cut / 100",
        ],
    },
    "ribbon_cost": {
        "right": [
            "roll_price / boxes_per_roll * boxes", "roll_price * boxes / boxes_per_roll", "np.float32(ribbon_cost)", "Decimal(str(ribbon_cost))",
            "[ribbon_cost]", "pd.Series([ribbon_cost])", "Fraction(roll_price) * boxes / boxes_per_roll", "boxes * (roll_price / boxes_per_roll)",
            "np.array(ribbon_cost)", "pd.DataFrame({'yuan': [ribbon_cost]})",
        ],
        "wrong": [
            "roll_price * boxes", "roll_price / boxes", "roll_price / boxes_per_roll", "boxes / boxes_per_roll", "str(ribbon_cost)", "None",
            "-ribbon_cost", "round(ribbon_cost)", "ribbon_cost + 0.05", "roll_price * boxes_per_roll / boxes",
        ],
    },
}  # fmt: skip
