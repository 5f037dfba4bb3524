"""Working on leads: who gets them, who is told, what becomes of them."""
