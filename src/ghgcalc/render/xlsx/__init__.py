"""The inventory as an Excel workbook whose every tonne is a formula (XL-02..04)."""
