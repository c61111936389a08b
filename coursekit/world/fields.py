"""How a field of a table is described."""


def field(name, kind, description, unit="", **constraints):
    """A field in the terms of the Table Schema standard, with its unit added.

    kind: integer, number, string, boolean, date or datetime.
    """
    return {"name": name, "type": kind, "description": description, "unit": unit, "constraints": constraints}
