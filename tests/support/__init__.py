"""What tests borrow from each other: the command, companies, workbooks read anew, strategies."""
