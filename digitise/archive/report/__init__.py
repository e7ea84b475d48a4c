"""The report of a night: facts from the ledger, as HTML and text, sent where it is wanted."""
