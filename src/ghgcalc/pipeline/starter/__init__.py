"""A reporting repository to start from: a file that computes, the words for the team, the gate."""
