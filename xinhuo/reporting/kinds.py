"""What this app's subjects are called in todos, files and the journal: fixed strings, spelt here and nowhere else."""

RETURN = "reporting.return"
ROUND = "reporting.round"
