"""A comparison as an Excel workbook: totals and ties are live formulas, causes are ghgcalc's."""
