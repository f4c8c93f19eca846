"""Closed lists that company files and packs share: categories, fuels, countries, technologies."""
