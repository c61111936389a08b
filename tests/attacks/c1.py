"""Attacks on the checks of c1_arithmetic."""

ATTACKS = {
    "to_pay": {
        "right": [
            "float(to_pay)", "np.float64(to_pay)", "Decimal(str(to_pay))", "Fraction(to_pay)", "[to_pay]", "pd.Series([to_pay])", "round(to_pay, 2)",
            "offers.paid(list_price, [offers.presale(30, 50), offers.percent(10, level='platform'), offers.threshold(200, 25), offers.percent(15)])",
            "offers.settle(list_price, [offers.percent(15), offers.threshold(200, 25), offers.percent(10, level='platform'), offers.presale(30, 50)])['after'].min()",
            "offers.by_line(pd.DataFrame({'product': ['x'], 'price': [list_price], 'pieces': [1]}), [offers.percent(15), offers.threshold(200, 25), offers.percent(10, level='platform'), offers.presale(30, 50)])['paid']",
            "(list_price * 0.85 - 25) * 0.9 - 20", "list_price * 0.765 - 42.5", "{'yuan': to_pay}",
            "offers.settle(list_price, [offers.percent(15), offers.coupon(25, least=200), offers.percent(10, level='platform'), offers.presale(30, 50)])['after'].iloc[-1]",
        ],
        "wrong": [
            "to_pay / 100", "to_pay * 100", "to_pay + 0.02", "to_pay - 0.02", "round(to_pay)", "str(to_pay)", "f'{to_pay} yuan'", "None", "...", "-to_pay",
            "[to_pay, 50]", "list_price - to_pay", "offers.paid(list_price, [offers.percent(15), offers.percent(10), offers.threshold(200, 25), offers.presale(30, 50)])",
            "offers.paid(list_price, [offers.percent(25), offers.threshold(200, 25), offers.presale(30, 50)])", "float('nan')", "after_platform",
            "after_platform - 30 + 50",
            "after_platform - 30 + 30",
            "offers.paid(list_price, [offers.percent(15), offers.threshold(200, 25), offers.percent(10, level='shop'), offers.presale(30, 50)])",
        ],
    },
    "shop_gets": {
        "right": [
            "float(shop_gets)", "np.float64(shop_gets)", "Decimal(str(shop_gets))", "Fraction(shop_gets)", "[shop_gets]", "np.array([shop_gets])", "round(shop_gets, 2)",
            "(list_price - coupon + coupon * 0.6) * 0.92", "0.92 * list_price - 0.368 * coupon", "(list_price - coupon * 2 / 5) / 100 * 92",
            "(list_price - offers.settle(list_price, [offers.coupon(coupon, funded_by=0.4)])['by_shop'].sum()) * (1 - 0.08)",
            "(offers.paid(list_price, [offers.coupon(coupon)]) + 0.6 * coupon) * 0.92", "{'a': shop_gets}",
            "(lambda s: (s['after'].iloc[-1] + s['by_platform'].sum()) * 0.92)(offers.settle(list_price, [offers.coupon(coupon, funded_by=0.4)]))",
        ],
        "wrong": [
            "shop_gets / 100", "shop_gets + 0.02", "shop_gets - 0.02", "round(shop_gets)", "str(shop_gets)", "None", "-shop_gets", "[1, 2]", "list_price", "of_shop",
            "(list_price - offers.settle(list_price, [offers.coupon(coupon, funded_by=0.6)])['by_shop'].sum()) * 0.92", "(list_price - coupon * 0.4) * 0.9",
            "list_price - coupon * 0.4 - 8", "(list_price - coupon * 0.4) / 1.08", "float('inf')", "True",
            "list_price - coupon * 0.6",
            "list_price - coupon + coupon * 0.4",
            "list_price - offers.settle(list_price, [offers.coupon(coupon, funded_by=0.6)])['by_shop'].sum()",
        ],
    },
    "uplift": {
        "right": [
            "float(uplift)", "np.float64(uplift)", "Decimal(str(uplift))", "Fraction(uplift)", "[uplift]", "pd.Series([uplift])", "round(uplift, 2)",
            "100 * measures.break_even_uplift(off / list_price, at_list / list_price, 0.12)", "100 * (at_list - with_offer) / with_offer", "100 * off * 0.88 / with_offer",
            "measures.break_even_uplift(off / list_price, at_list / list_price, 0.12) * 100", "(at_list / with_offer) * 100 - 100",
            "100 * measures.break_even_uplift(pd.Series([off / list_price]), at_list / list_price, 0.12)",
            "-100 * pd.Series([at_list, with_offer]).iloc[::-1].pct_change().iloc[-1] * -1",
        ],
        "wrong": [
            "uplift + 0.2", "uplift - 0.2", "uplift / 10", "round(uplift, -1)", "str(uplift)", "f'{uplift} %'", "None", "-uplift", "at_list", "with_offer", "[uplift, 0]",
            "100 * measures.break_even_uplift(off / list_price, (list_price - cost) / list_price, 0.12)", "100 * measures.break_even_uplift(0.5, at_list / list_price, 0.12)",
            "100 * with_offer / at_list", "float('inf')", "100 * (at_list / with_offer - 1) / 0.88",
            "off / with_offer",
            "100 * off / at_list",
            "100 * measures.break_even_uplift(off / list_price, 0.05, 0.12)",
            "uplift + 0.02",
            "uplift - 0.02",
            "100 * off / with_offer",
        ],
    },
    "hopeless": {
        "right": [
            "int(hopeless)", "float(hopeless)", "np.int64(hopeless)", "Decimal(int(hopeless))", "[hopeless]", "pd.Series([hopeless])", "len(products[left <= 0])",
            "(left <= 0).mean() * len(products)", "len(products) - (left > 0).sum()", "sum(x <= 0 for x in left)", "(~(left > 0)).sum()", "np.count_nonzero(left <= 0)",
            "(measures.break_even_uplift(0.56, (products['list_price'] * 0.9 - products['cost'] - products['freight']) / products['list_price'], 0.1) == np.inf).sum()",
            "(load('products').eval('list_price * 0.44 * 0.9 - cost - freight') <= 0).sum()",
        ],
        "wrong": [
            "hopeless + 1", "hopeless - 1", "str(hopeless)", "f'{hopeless} products'", "None", "-hopeless", "hopeless / 100", "left", "left <= 0", "products[left <= 0]",
            "(left < -1).sum()", "left.sum()", "left.min()", "(products['list_price'] * 0.44 - products['cost'] <= 0).sum()", "True", "[hopeless, 0]",
            "products[left <= 0]['name'].nunique()",
            "left.round().le(0).sum()",
        ],
    },
    "added": {
        "right": [
            "float(added)", "np.float64(added)", "Decimal(str(added))", "Fraction(added)", "[added]", "np.array([added])", "round(added, 2)", "during + after",
            "sold['2025-05-25':'2025-06-05'].sum() - 12 * usual", "(sold['2025-05-25':'2025-06-05'] - usual).sum()", "{'pairs': added}",
            "sold.loc[pd.Timestamp('2025-05-25'):pd.Timestamp('2025-06-05')].sum() - 12 * pd.concat([sold['2025-04-27':'2025-05-24'], sold['2025-06-06':'2025-07-03']]).mean()",
            "history[(history['product'] == 'P049') & history['date'].between('2025-05-25', '2025-06-05')]['sold'].sum() - 12 * usual",
            "(lambda s: s['2025-05-25':'2025-06-05'].sum() - 12 * s['2025-04-27':'2025-07-03'][~s['2025-04-27':'2025-07-03'].index.isin(pd.date_range('2025-05-25', '2025-06-05'))].mean())(sold)",
        ],
        "wrong": [
            "added + 0.03", "added - 0.03", "round(added, -2)", "str(added)", "None", "-added", "usual", "sold", "sold.sum()", "[during, after]", "added / 12", "100 * added",
            "sold['2025-05-25':'2025-06-04'].sum() - 11 * usual", "sold['2025-05-26':'2025-06-05'].sum() - 12 * usual", "sold['2025-05-25':'2025-06-05'].sum() - 12 * 9", "sold['2025-05-26':'2025-06-05'].sum() - 11 * usual", "float('nan')", "during * 0.7",
            "sold['2025-05-25':'2025-05-26'].sum() - 2 * sold['2025-04-27':'2025-05-24'].mean() + sold['2025-05-27':'2025-06-05'].sum() - 10 * sold['2025-06-06':'2025-07-03'].mean()",
            "sold['2025-05-25':'2025-06-05'].sum() - 12 * (sold['2025-04-27':'2025-05-24'].sum() + sold['2025-06-06':'2025-07-04'].sum()) / 57",
            "sold['2025-05-25':'2025-06-05'].sum() - 12 * (sold['2025-04-26':'2025-05-24'].sum() + sold['2025-06-06':'2025-07-03'].sum()) / 57",
        ],
    },
}  # fmt: skip
