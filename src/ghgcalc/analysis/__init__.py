"""What inventories say: change, its causes, base year, queries; reads them, changes none."""
