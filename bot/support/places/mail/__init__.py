"""The staff's own mailboxes as the place where they answer: a conversation is a thread of mails."""
