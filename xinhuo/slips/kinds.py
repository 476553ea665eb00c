"""What this app's subjects are called in todos, files and the journal: fixed strings, spelt here and nowhere else."""

SLIP = "slips.slip"
TASK = "slips.task"
USE = "slips.use"
