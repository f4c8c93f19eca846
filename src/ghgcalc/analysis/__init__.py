"""What inventories say together: change and its causes, base year; reads them, changes none."""
