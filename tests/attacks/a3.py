"""Attacks on the checks of a3_funnel."""

ATTACKS = {
    "page_rate": {
        "right": [
            "float(page_rate)", "np.float64(page_rate)", "np.float32(page_rate)", "Decimal(str(page_rate))",
            "Fraction(page_rate)", "[page_rate]", "pd.Series([page_rate])", "pd.DataFrame({'a': [page_rate]})", "round(page_rate, 2)",
            "100 * visits[visits['session'] == 'S0113'].groupby('person')['opened_page'].max().mean()",
            "100 * len(set(looked['person'])) / len(set(show['person']))",
            "100 * len(looked.drop_duplicates('person')) / len(show.drop_duplicates('person'))",
            "100 * visits.query('session == \"S0113\" and opened_page')['person'].nunique() / 5000",
        ],
        "wrong": [
            "page_rate / 100", "page_rate + 0.02", "page_rate - 0.02", "round(page_rate, 1) + 0.05", "str(page_rate)", "None", "...", "[page_rate, page_rate]",
            "-page_rate", "100 - page_rate", "100 * show['opened_page'].mean()", "looked['person'].nunique()",
            "100 * show.drop_duplicates('person')['opened_page'].mean()", "float('nan')", "len(looked)", "show",
            "100 * visits[visits['session'] == 'S0114'].groupby('person')['opened_page'].max().mean()",
        ],
    },
    "buyers_per_thousand": {
        "right": [
            "float(buyers_per_thousand)", "np.float64(buyers_per_thousand)", "np.float32(buyers_per_thousand)", "Decimal(str(buyers_per_thousand))",
            "Fraction(buyers_per_thousand)", "[buyers_per_thousand]", "np.array([buyers_per_thousand])", "round(buyers_per_thousand, 3)",
            "1000 * len(orders.drop_duplicates(['session', 'person'])) / sessions['viewers'].sum()",
            "1000 * sessions['session'].map(buyers).sum() / sessions['viewers'].sum()",
            "1000 * len(orders.groupby(['session', 'person'])) / sessions['viewers'].sum()",
            "1000 * sessions.merge(buyers.rename('n').reset_index(), on='session')['n'].sum() / sum(sessions['viewers'])",
            "buyers.sum() / (sessions['viewers'].sum() / 1000)",
        ],
        "wrong": [
            "buyers_per_thousand / 1000", "round(buyers_per_thousand)", "round(buyers_per_thousand, 1)", "buyers_per_thousand + 0.002", "str(buyers_per_thousand)",
            "None", "-buyers_per_thousand", "1000 / buyers_per_thousand", "1000 * len(orders) / sessions['viewers'].sum()", "buyers",
            "1000 * orders['visit'].nunique() / sessions['viewers'].sum() + 0.01", "1000 * buyers.sum() / sessions[sessions['orders'] > 0]['viewers'].sum()",
            "buyers.sum()", "(buyers_per_thousand, 0)", "True",
            "1000 * buyers.sum() / sessions.merge(orders, on='session')['viewers'].sum()",
            "1000 * buyers.sum() / sessions.merge(buyers.rename('n').reset_index(), on='session')['viewers'].sum()",
        ],
    },
    "click_rate": {
        "right": [
            "click_rate[::-1]", "click_rate.to_dict()", "click_rate.to_frame()", "click_rate.reset_index()", "click_rate.astype('float32')",
            "click_rate.rename('x')", "click_rate.round(1)", "click_rate.sort_values()", "list(click_rate.items())",
            "100 * show.groupby('source')['opened_page'].mean()", "show.groupby(show['source'].astype('category'), observed=True)['opened_page'].mean() * 100",
            "show.assign(p=show['opened_page'] * 100.0).pivot_table(index='source', values='p')",
            "{'paid': Decimal(str(click_rate['paid'])), 'followers': click_rate['followers'], 'recommended': Fraction(click_rate['recommended'])}",
            "100 * show[show['opened_page']]['source'].value_counts() / show['source'].value_counts()",
        ],
        "wrong": [
            "click_rate / 100", "click_rate.head(2)", "click_rate.mean()", "list(click_rate)", "click_rate.round(0)", "click_rate + 0.2", "None",
            "pd.Series(list(click_rate)[::-1], index=click_rate.index)", "click_rate.astype(str)", "-click_rate",
            "pd.concat([click_rate, pd.Series({'all': 6.6})])", "click_rate.rename({'paid': 'bought'})", "100 - click_rate", "group.sum()", "group.count()",
            "100 * show[show['opened_page']].groupby('source')['person'].nunique() / show.groupby('source')['person'].nunique()",
            "100 * show[show['visit'].isin(orders['visit'])].groupby('source')['visit'].count() / show.groupby('source')['visit'].count()",
        ],
    },
    "reached": {
        "right": [
            "int(reached)", "float(reached)", "np.int32(reached)", "Decimal(int(reached))", "Fraction(int(reached))", "[reached]", "pd.Series([reached])", "np.array([[reached]])",
            "sessions[sessions['session'].isin(orders[orders['product'] == 'P001']['session'])]['viewers'].sum()",
            "orders[orders['product'] == 'P001'].merge(sessions, on='session').drop_duplicates('session')['viewers'].sum()",
            "orders[orders['product'] == 'P001'].merge(sessions, on='session').groupby('session')['viewers'].first().sum()",
            "orders[orders['product'] == 'P001'].merge(sessions, on='session').groupby('session')['viewers'].mean().sum()",
            "sum(sessions.set_index('session')['viewers'][sold['session']])",
        ],
        "wrong": [
            "reached + 1", "reached - 1", "str(reached)", "None", "-reached", "reached / 1000", "[reached, reached]", "joined['viewers']", "joined", "len(sold)",
            "joined['viewers'].mean()", "joined['viewers'].max()", "sessions[sessions['session'].isin(orders['session'])]['viewers'].sum()",
            "joined['viewers'].drop_duplicates().sum()", "True",
            "orders[orders['product'] == 'P001'].drop_duplicates('person').merge(sessions, on='session')['viewers'].sum()",
            "orders.drop_duplicates('session').query('product == \"P001\"').merge(sessions, on='session')['viewers'].sum()",
            "len(orders[orders['product'] == 'P001'].merge(sessions, on='session'))",
        ],
    },
    "points": {
        "right": [
            "float(points)", "np.float64(points)", "np.float32(points)", "Decimal(str(points))", "Fraction(points)", "[points]", "pd.Series([points])", "round(points, 2)", "{'points': points}",
            "100 * (recommended[recommended['session'] == 'S0113']['opened_page'].mean() - recommended[recommended['session'] == 'S0114']['opened_page'].mean())",
            "100 * (lambda t: t.loc['S0113', 'recommended'] - t.loc['S0114', 'recommended'])(visits.pivot_table(index='session', columns='source', values='opened_page'))",
            "-100 * visits.query('source == \"recommended\" and session != \"S0115\"').groupby('session')['opened_page'].mean().diff().iloc[-1]",
            "-(rate['S0114'] - rate['S0113'])",
        ],
        "wrong": [
            "-points", "points / 100", "points + 0.02", "round(points, 1) + 0.1", "str(points)", "None", "rate", "rate['S0113']", "rate['S0113'] / rate['S0114']", "rate['S0113'] - rate['S0115']",
            "[points, 0]", "round(rate['S0113']) - round(rate['S0114'])", "float('inf')", "f'{points} %'",
            "100 * (lambda t: t['S0113'] - t['S0114'])(recommended[recommended['opened_page']].groupby('session')['person'].nunique() / recommended.groupby('session')['person'].nunique())",
        ],
    },
}  # fmt: skip
