"""An inventory as neutral tables: totals, breakdowns, energy, explanation, disclosures."""
