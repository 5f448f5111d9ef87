"""First-run content: the articles, static pages and drawn pictures that a new portal opens with."""
