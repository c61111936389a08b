"""Attacks on the checks of b6_why_prices_lie."""

ATTACKS = {
    "response": {
        "right": [
            "float(response)", "np.float64(response)", "Decimal(str(response))", "Fraction(response)", "[response]", "pd.Series([response])", "round(response, 3)",
            "measures.elasticity(lower_rate, higher_rate, lower_bookings, higher_bookings)",
            "measures.elasticity(higher_rate, lower_rate, higher_bookings, lower_bookings)",
            "measures.elasticity(280, 340, 118 / 60, 84 / 60)",
            "((84 - 118) / 101) / ((340 - 280) / 310)",
            "-(34 / 101) / (60 / 310)",
            "np.diff([118, 84])[0] / np.mean([118, 84]) / (np.diff([280, 340])[0] / np.mean([280, 340]))",
            "{'elasticity': response}",
        ],
        "wrong": [
            "-response", "response / 100", "100 * response", "response + 0.002", "response - 0.002", "round(response, 1)", "round(response)", "str(response)", "f'{response} %'",
            "None", "...", "rate_change", "bookings_change", "[response, response]", "measures.elasticity", "(1 - 84 / 118) / (340 / 280 - 1)",
            "measures.elasticity(lower_bookings, higher_bookings, lower_rate, higher_rate)", "np.log(84 / 118) / np.log(340 / 280)", "float('nan')", "True",
        ],
    },
    "fewer": {
        "right": [
            "float(fewer)", "np.float64(fewer)", "Decimal(str(fewer))", "Fraction(fewer)", "[fewer]", "np.array([fewer])", "round(fewer, 2)", "-(dear_booked - cheap_booked)",
            "100 * (cheap['arrivals'].mean() / cheap['found'].mean() - dear['arrivals'].mean() / dear['found'].mean())",
            "100 * (lambda g: (g['arrivals'] / g['found'])[False] - (g['arrivals'] / g['found'])[True])(night.groupby(night['rate'] > night['rate'].mean())[['arrivals', 'found']].sum())",
            "100 * cheap['arrivals'].sum() / (cheap['searches'] - cheap['no_room']).sum() - dear_booked",
            "np.average(100 * cheap['arrivals'] / cheap['found'].clip(lower=1), weights=cheap['found']) - dear_booked if (cheap[cheap['found'] == 0]['arrivals'] == 0).all() else fewer",
            "100 * (night.query('rate <= @border')['arrivals'].sum() / night.query('rate <= @border')['found'].sum()) - dear_booked",
            "pd.Series({'fewer': fewer})",
        ],
        "wrong": [
            "-fewer", "fewer / 100", "fewer + 0.02", "fewer - 0.02", "round(fewer)", "str(fewer)", "None", "night", "border", "cheap_booked", "dear_booked",
            "dear['arrivals'].mean() - cheap['arrivals'].mean()", "cheap['arrivals'].mean() - dear['arrivals'].mean()", "dear['searches'].mean() - cheap['searches'].mean()",
            "cheap_booked / dear_booked", "100 * fewer / cheap_booked", "100 * dear_booked / cheap_booked", "100 * night['arrivals'].sum() / night['found'].sum() - dear_booked", "[cheap_booked, dear_booked]", "100 * (night['arrivals'] / night['searches']).mean()", "float('inf')",
        ],
    },
    "alike": {
        "right": [
            "float(alike)", "np.float64(alike)", "Decimal(str(alike))", "Fraction(alike)", "[alike]", "pd.Series([alike])", "round(alike, 3)",
            "measures.elasticity(high['extra'].mean(), low['extra'].mean(), high_booked, low_booked)",
            "measures.elasticity(100 * low['extra'].mean(), 100 * high['extra'].mean(), low_booked / 100, high_booked / 100)",
            "(high_booked - low_booked) / (high_booked + low_booked) / ((high['extra'].mean() - low['extra'].mean()) / (high['extra'].mean() + low['extra'].mean()))",
            "measures.elasticity(low['extra'].sum() / len(low), high['extra'].sum() / len(high), low['arrivals'].mean() / low['found'].mean(), high['arrivals'].mean() / high['found'].mean())",
            "measures.elasticity(nights.query(\"night == 'weekend' and extra <= 0.92\")['extra'].mean(), high['extra'].mean(), low_booked, high_booked)",
            "measures.elasticity(pd.Series([low['extra'].mean()]), pd.Series([high['extra'].mean()]), low_booked, high_booked)",
        ],
        "wrong": [
            "-alike", "alike / 100", "alike + 0.002", "alike - 0.002", "round(alike, 1)", "round(alike)", "str(alike)", "None", "low", "low_booked", "high_booked", "low_booked - high_booked",
            "high_booked / low_booked", "low['extra'].mean()", "methods.two_way_response(weekend['arrivals'], weekend['rate'], weekend['inn'], weekend['date'], lookers=weekend['found'])",
            "methods.two_way_response(weekend['arrivals'], weekend['rate'], weekend['inn'], weekend['date'])[0]",
            "measures.elasticity(low['extra'].mean(), high['extra'].mean(), low['arrivals'].sum(), high['arrivals'].sum())",
            "measures.elasticity(low['extra'].median(), high['extra'].median(), low_booked, high_booked)", "[alike, alike]", "float('nan')",
        ],
    },
    "by_coin": {
        "right": [
            "float(by_coin)", "np.float64(by_coin)", "Decimal(str(by_coin))", "Fraction(by_coin)", "[by_coin]", "np.array([by_coin])", "round(by_coin, 3)",
            "measures.elasticity(high['rate'].mean(), low['rate'].mean(), high_booked, low_booked)",
            "measures.elasticity(low['rate'].mean(), high['rate'].mean(), low_booked / 100, high_booked / 100)",
            "measures.elasticity(*weekday.groupby('arm')['rate'].mean()[['lower', 'higher']], low_booked, high_booked)",
            "(lambda g: measures.elasticity(*g['rate'], *(g['arrivals'] / g['found'])))(weekday.groupby('arm')[['rate', 'arrivals', 'found']].mean())",
            "(high_booked - low_booked) / (high_booked + low_booked) / ((high['rate'].mean() - low['rate'].mean()) / (high['rate'].mean() + low['rate'].mean()))",
            "measures.elasticity(low['rate'].sum() / len(low), high['rate'].sum() / len(high), low['arrivals'].sum() / (low['searches'] - low['no_room']).sum(), high_booked / 100)",
        ],
        "wrong": [
            "-by_coin", "by_coin / 100", "by_coin + 0.002", "by_coin - 0.002", "round(by_coin, 1)", "round(by_coin)", "str(by_coin)", "None", "test", "low_booked", "high_booked",
            "high_booked / low_booked", "high['rate'].mean() - low['rate'].mean()", "measures.elasticity(0.85, 1.15, low_booked, high_booked)",
            "methods.response_of_test(weekday['arrivals'], weekday['rate'], weekday['arm'] == 'higher', weekday['date'], lookers=weekday['found'])",
            "methods.response_of_test(weekday['arrivals'], weekday['rate'], weekday['arm'] == 'higher', weekday['date'])[0]",
            "measures.elasticity(low['rate'].sum(), high['rate'].sum(), low_booked, high_booked)",
            "measures.elasticity(low['rate'].mean(), high['rate'].mean(), low['rooms_taken'].mean(), high['rooms_taken'].mean())",
            "measures.elasticity(low['rate'].median(), high['rate'].median(), low_booked, high_booked)", "[by_coin, 0]", "float('nan')",
        ],
    },
    "at_least": {
        "right": [
            "float(at_least)", "np.float64(at_least)", "Decimal(str(at_least))", "Fraction(at_least)", "[at_least]", "pd.Series([at_least])", "round(at_least, 2)", "10 * abs(near)",
            "min(-10 * near, -10 * far)", "-10 * max(far, near)",
            "-10 * methods.response_of_test(test['arrivals'], test['rate'], test['arm'] == 'higher', week, lookers=test['found'], level=0.95)[2]",
            "-10 * methods.response_of_test(test['arrivals'], test['rate'], test['arm'] == 'lower', week, lookers=test['found'])[2]",
            "-10 * methods.response_of_test(test['arrivals'], test['rate'], test['arm'] != 'lower', test['date'].dt.isocalendar().week, lookers=test['searches'] - test['no_room'])[-1]",
            "-10 * methods.response_of_test(test['arrivals'].to_list(), test['rate'].to_list(), arm.to_list(), week.to_list(), lookers=test['found'].to_list())[2]",
        ],
        "wrong": [
            "-at_least", "at_least / 100", "at_least + 0.02", "at_least - 0.02", "round(at_least)", "str(at_least)", "f'{at_least} %'", "None", "near", "far", "middle", "[far, near]",
            "(middle, far, near)", "-10 * far", "-10 * middle", "10 * (near - far)",
            "-10 * methods.response_of_test(test['arrivals'], test['rate'], arm, week, lookers=test['found'], level=0.9)[2]",
            "-10 * methods.response_of_test(test['arrivals'], test['rate'], arm, test['date'].dt.month, lookers=test['found'])[2]",
            "test", "float('inf')",
        ],
    },
}  # fmt: skip
