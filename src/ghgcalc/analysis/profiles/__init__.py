"""What a standard asks a report to disclose, as tables of data judged over a file's results."""
