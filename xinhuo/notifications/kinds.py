"""What this app's subjects are called in todos, files and the journal: fixed strings, spelt here and nowhere else."""

BROADCAST = "notifications.broadcast"
CHANNEL = "notifications.channel"
OUTGOING = "notifications.outgoing"
