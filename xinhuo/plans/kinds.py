"""What this app's subjects are called in todos, files and the journal: fixed strings, spelt here and nowhere else."""

PLAN = "plans.plan"
CALL = "plans.call"
REPORT = "plans.report"
ROW = "plans.row"
LEDGER = "plans.ledger"
MATRIX = "plans.matrix"
DUTY = "plans.duty"
