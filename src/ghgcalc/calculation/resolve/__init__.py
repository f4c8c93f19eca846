"""One factor per question: candidates, their order, why others were rejected."""
