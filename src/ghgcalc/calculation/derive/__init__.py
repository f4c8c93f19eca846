"""Category 3 from the lines of Scopes 1 and 2: what each asks, what is stated, what is made."""
