"""Views: an inventory becomes neutral tables that every renderer shares (DESIGN §3)."""
