"""Who gets in, and how well the door is made: login, throttling, second factor, sessions, headers, limits, reports."""
