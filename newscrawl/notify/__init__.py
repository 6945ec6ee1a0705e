"""Messages about runs that went wrong, or right again, to where people look: by Apprise, in a process of its own."""
