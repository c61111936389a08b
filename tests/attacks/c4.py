"""Attacks on the checks of c4_stock."""

ATTACKS = {
    "day_leaves": {
        "right": [
            "float(day_leaves)", "np.float64(day_leaves)", "Decimal(str(day_leaves))", "Fraction(day_leaves)", "[day_leaves]", "pd.Series([day_leaves])",
            "360", "360.0", "sum(price - freight if i < demand else salvage for i in range(stock)) - stock * cost", "demand * (price - freight - cost) - (stock - demand) * (cost - salvage)",
            "methods.stock_outcomes([stock], [demand], price - freight, cost, salvage).loc[demand, stock]",
            "methods.stock_outcomes([stock], [demand], price - freight, cost, salvage)[stock].to_numpy()",
            "methods.stock_profits([stock], methods.demand_shares([demand]), price - freight, cost, salvage)",
        ],
        "wrong": [
            "-day_leaves", "day_leaves / 10", "day_leaves / 100", "day_leaves + 0.2", "day_leaves - 0.2", "str(day_leaves)", "None", "...", "True",
            "[day_leaves, day_leaves]", "float('nan')", "demand * price - stock * cost", "demand * price", "stock * salvage", "f'{day_leaves} yuan'",
            "methods.stock_outcomes([stock], [stock], price - freight, cost, salvage)",
            "360.04", "methods.stock_outcomes([demand], [stock], price - freight, cost, salvage)", "demand * price - freight + (stock - demand) * salvage - stock * cost",
        ],
    },
    "best_leaves": {
        "right": [
            "float(best_leaves)", "np.float64(best_leaves)", "Decimal(str(best_leaves))", "Fraction(best_leaves)", "[best_leaves]", "pd.Series([best_leaves])",
            "round(best_leaves, 1)", "profits.max()", "outcomes.sum().max() / len(notebook)", "profits.sort_values().iloc[-1]", "outcomes[23].mean()",
            "methods.stock_profits(range(41), methods.demand_shares(notebook['demand']), price - freight, cost, salvage).max()",
            "max(sum(min(s, d) * 41 + max(s - d, 0) * 12 - 19 * s for d in notebook['demand']) / 15 for s in range(41))",
        ],
        "wrong": [
            "-best_leaves", "best_leaves / 100", "best_leaves + 0.2", "best_leaves - 0.2", "round(best_leaves) + 1", "str(best_leaves)", "None", "...", "profits",
            "outcomes", "outcomes.max()", "profits.mean()", "profits.min()", "[best_leaves, 0]", "float('nan')", "outcomes.max(axis=None)", "f'{best_leaves} yuan'",
            "notebook['demand'].mean() * (price - freight - cost)", "outcomes.max().max()", "profits[profits.idxmax() + 1]", "profits[range(0, 41, 3)].max()",
        ],
    },
    "lost": {
        "right": [
            "float(lost)", "np.float32(lost)", "Decimal(str(lost))", "Fraction(lost)", "[lost]", "pd.Series([lost])", "round(lost, 1)", "{'lost': lost}",
            "came.max() - came[hoped.idxmax()]", "-(came[hoped.idxmax()] - came.max())", "abs(came[hoped.idxmax()] - came.max())",
            "came.loc[[hoped.idxmax(), came.idxmax()]].diff().iloc[-1]",
            "-methods.stock_profits([came.idxmax(), hoped.idxmax()], methods.demand_shares(notebook['demand']), brings, cost).diff().iloc[-1]",
        ],
        "wrong": [
            "-lost", "lost / 100", "lost + 0.2", "lost - 0.2", "str(lost)", "None", "came", "came - hoped", "(hoped - came).max()", "lost / 10", "came.max()",
            "hoped.max() - came.min()", "[lost, 0]", "float('inf')", "f'{lost} yuan'", "came.mean()", "lost * 365",
        ],
    },
    "wanted": {
        "right": [
            "float(wanted)", "np.float64(wanted)", "Decimal(str(wanted))", "Fraction(wanted)", "[wanted]", "pd.Series([wanted])", "round(wanted, 2)",
            "shares[::-1].cumsum()[::-1].reindex(range(1, int(shares.index.max()) + 1), method='bfill').sum()",
            "shares.index.to_numpy() @ shares.to_numpy()", "sum(d * w for d, w in shares.items())", "np.average(shares.index, weights=shares)",
            "shares.reset_index().prod(axis=1).sum()", "(shares * shares.index).sum() / shares.sum()",
            "(lambda q: (q.index * q).sum())(methods.demand_shares(working['sold'].to_list(), (working['sold'] == working['stocked']).to_list()))",
            "(1 - shares.cumsum().reindex(range(int(shares.index[-1])), method='ffill').fillna(0)).sum()",
        ],
        "wrong": [
            "-wanted", "wanted / 100", "wanted + 0.02", "wanted - 0.02", "round(wanted)", "str(wanted)", "None", "shares", "shares.index * shares", "shares.idxmax()",
            "shares.sum()", "working['sold'].median()", "working['sold'].sum()", "[wanted, wanted]", "float('nan')", "wanted * len(working)", "working",
            "working.groupby('sold_out')['sold'].mean().mean()", "(working['sold'] + working['sold_out']).mean()", "days['sold'].mean()", "days[days['day_off']]['sold'].mean()",
        ],
    },
    "more": {
        "right": [
            "float(more)", "np.float64(more)", "Decimal(str(more))", "Fraction(more)", "[more]", "pd.Series([more])", "round(more, 2)", "{'more': more}",
            "left.diff().iloc[-1]", "left.max() - left.min()", "left.iloc[1] - left.iloc[0]",
            "(lambda all: all.max() - all[mean_boxes])(methods.stock_profits(range(0, 25), shares, brings, cost, salvage))",
            "(methods.stock_outcomes([best_boxes], shares.index, brings, cost, salvage)[best_boxes] * shares).sum() - left[mean_boxes]",
        ],
        "wrong": [
            "-more", "more / 100", "more + 0.02", "more - 0.02", "round(more)", "str(more)", "None", "left", "left[mean_boxes]", "left.mean()", "left.sum()",
            "left[best_boxes] / left[mean_boxes]", "[more, 0]", "f'{more} yuan'", "float('nan')", "best_boxes", "more * 365",
            "left[best_boxes] - methods.stock_profits([mean_boxes], methods.demand_shares(days['sold']), brings, cost, salvage)[mean_boxes]",
            "left[best_boxes] - methods.stock_profits([int(days['sold'].mean())], shares, brings, cost, salvage).iloc[0]",
            "left[best_boxes] - methods.stock_profits([round(days['stocked'].mean())], shares, brings, cost, salvage).iloc[0]",
        ],
    },
}  # fmt: skip
