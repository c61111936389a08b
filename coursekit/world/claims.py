"""Published cases: what reports said, with the qualifier and the source of every figure.

The figures are quoted, not ours. With a seed the same claims come with made-up figures, so
that an answer can be tried on numbers nobody has read before; those say that they are made up.
"""

import numpy as np

from coursekit.world.fields import field

FLIGGY = "Fliggy: Alibaba-backed Fliggy trains more female talents for China's rural tourism (2023)"
WOMEN = "Women of China: Women boost digital economy in E China's Zhejiang (24 June 2020)"
HANGZHOU = "Hangzhou Daily: Foreign professors laud China's e-commerce (24 February 2023)"
TALENT = "Report on the Global Digital Talent program and the pearl village near Zhuji (2023)"

# claim, case, year, what, qualifier, value, unit, source
PUBLISHED = [
    ("host_sales", "Host from Sichuan", 2023, "sales of a live show", "nearly", 10_000, "yuan", FLIGGY),
    ("host_sales_usd", "Host from Sichuan", 2023, "the same sales in dollars", "", 1_434, "dollar", FLIGGY),
    ("host_viewers", "Host from Sichuan", 2023, "people who watched the show", "almost", 120_000, "viewer", FLIGGY),
    ("fliggy_trained", "Fliggy program", 2023, "women trained so far", "about", 1_000, "person", FLIGGY),
    ("fliggy_women", "Fliggy program", 2023, "share of women among the participants", "over", 60, "percent", FLIGGY),
    ("alliance_sales", "Zhejiang alliance", 2020, "sales of its first live show", "over", 400_000, "yuan", WOMEN),
    ("alliance_sales_usd", "Zhejiang alliance", 2020, "the same sales in dollars", "", 56_418, "dollar", WOMEN),
    ("alliance_weight", "Zhejiang alliance", 2020, "farm goods sold in that show", "more than", 40_000, "kilogram", WOMEN),
    ("alliance_minutes", "Zhejiang alliance", 2020, "length of that show", "", 60, "minute", WOMEN),
    ("xinchang_viewers", "Xinchang show", 2020, "people who watched the show", "more than", 100_000, "viewer", WOMEN),
    ("xinchang_inns", "Xinchang show", 2020, "inns that could be booked", "", 1_000, "inn", WOMEN),
    ("xinchang_coupons", "Xinchang show", 2020, "coupons sold out", "", 4_000, "coupon", WOMEN),
    ("xinchang_sold_out", "Xinchang show", 2020, "time until the coupons were sold out", "", 5, "minute", WOMEN),
    ("pearl_sales", "Pearl village", 2022, "sales of the village, online and offline", "", 6_000_000_000, "yuan", HANGZHOU),
    ("pearl_sales_usd", "Pearl village", 2022, "the same sales in dollars", "", 864_200_000, "dollar", TALENT),
    ("pearl_live", "Pearl village", 2022, "part of these sales made in live shows", "up to", 4_000_000_000, "yuan", HANGZHOU),
    ("pearl_residents", "Pearl village", 2022, "people who live in the village", "a little over", 2_000, "person", TALENT),
    ("pearl_gdp", "Pearl village", 2022, "GDP of the village for each resident", "", 30_000, "dollar", HANGZHOU),
    ("talent_lecturers", "Global Digital Talent", 2023, "lecturers in Mexico", "some", 400, "person", TALENT),
    ("talent_students", "Global Digital Talent", 2023, "students in Mexico", "", 8_000, "person", TALENT),
]  # fmt: skip

COLUMNS = ["claim", "case", "year", "what", "qualifier", "value", "unit", "source"]

MADE_UP = "Made up for practice; not a published figure"
MADE_UP_AFTER = " (this figure is made up for practice)"


def make_claims(seed=None, full=False):
    """The published cases, or the same claims with made-up figures.

    Made-up figures keep the unit and the rough size (a quarter of the published figure to all
    of it, two leading digits, as reports round) and change nothing that is a percentage.
    """
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in PUBLISHED]
    if seed is None:
        return rows
    rng = np.random.default_rng([seed, 1])
    rates = {row["year"]: row["yuan_per_dollar"] for row in make_fx(seed)}
    for row in rows:
        row["source"] += MADE_UP_AFTER
        if row["unit"] != "percent":
            row["value"] = _two_digits(row["value"] * 4 ** rng.uniform(-1, 0))
    value = {row["claim"]: row for row in rows}
    # What belongs together stays together: dollars follow the yuan, a part is less than its whole.
    for claim in ("host_sales", "alliance_sales", "pearl_sales"):
        value[claim + "_usd"]["value"] = round(value[claim]["value"] / rates[value[claim]["year"]])
    value["pearl_live"]["value"] = _two_digits(value["pearl_sales"]["value"] * rng.uniform(0.3, 0.9))
    return rows


def make_fx(seed=None, full=False):
    """The exchange rate each report used: its yuan divided by its dollars, in yuan a dollar."""
    if seed is None:
        claim = {row[0]: row for row in PUBLISHED}
        pairs = [claim[c] + claim[c + "_usd"] for c in ("alliance_sales", "pearl_sales", "host_sales")]
        return [
            {"case": p[1], "year": p[2], "yuan_per_dollar": round(p[5] / p[13], 2),
             "source": "Implied: yuan divided by dollars in the claims of this case"}
            for p in pairs
        ]  # fmt: skip
    rng = np.random.default_rng([seed, 2])
    low, middle, high = np.sort(rng.choice(np.arange(620, 745, 5), size=3, replace=False)) / 100
    # The published rate of the village is the lowest; here it is not, so that "the lowest" is no answer.
    rates = [high, middle, low] if rng.random() < 0.5 else [low, middle, high]
    names = [("Zhejiang alliance", 2020), ("Pearl village", 2022), ("Host from Sichuan", 2023)]
    return [
        {"case": case, "year": year, "yuan_per_dollar": rate, "source": MADE_UP}
        for (case, year), rate in zip(names, rates, strict=True)
    ]


def _two_digits(value):
    """A number with two leading digits, at least 2."""
    size = 10 ** max(int(np.floor(np.log10(value))) - 1, 0)
    return max(int(round(value / size)) * size, 2)


SOURCE = field("source", "string", "Where the figure was published", required=True)

TABLES = {
    "claims": {
        "title": "What reports said: published figures",
        "module": "a_livestream",
        "synthetic": False,
        "key": ["claim"],
        "make": make_claims,
        "fields": [
            field("claim", "string", "Short name of the figure", required=True, unique=True),
            field("case", "string", "The program or place it is about", required=True),
            field("year", "integer", "Year the figure is about, or of the report", "year", required=True),
            field("what", "string", "What was counted, in the words of the report", required=True),
            field("qualifier", "string", "Word before the figure, such as nearly; or empty"),
            field("value", "integer", "The figure itself", "see unit", required=True, minimum=0),
            field("unit", "string", "What one of it is", required=True),
            SOURCE,
        ],
    },
    "fx": {
        "title": "Exchange rates the reports used",
        "module": "a_livestream",
        "synthetic": False,
        "key": ["case"],
        "make": make_fx,
        "fields": [
            field("case", "string", "The program or place the report is about", required=True, unique=True),
            field("year", "integer", "Year of the rate", "year", required=True),
            field("yuan_per_dollar", "number", "Yuan for one dollar", "yuan a dollar", required=True, minimum=0),
            SOURCE,
        ],
    },
}
