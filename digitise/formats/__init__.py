"""Values to bytes and back: issue.json, the resume cache, plain text, Markdown, overlays."""
