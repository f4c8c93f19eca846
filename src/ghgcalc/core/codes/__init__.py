"""The registry of diagnostic codes, one file per subject."""
