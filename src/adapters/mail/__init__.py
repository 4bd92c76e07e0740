"""What comes back by mail: the mailbox, and reports of delivery."""
