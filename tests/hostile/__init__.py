"""What hostile, hurried and mistaken people send, and what each of it meets."""
