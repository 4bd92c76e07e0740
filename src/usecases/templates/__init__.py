"""Message texts: the tenant's own, their drafts and versions, and what they would say to a customer."""
