"""Activity data × emission factor: one factor per question, gas masses, Scope 2 tranches, lines."""
