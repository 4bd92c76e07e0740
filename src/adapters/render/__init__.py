"""Messages: plain data in, finished subject, HTML and text out."""
