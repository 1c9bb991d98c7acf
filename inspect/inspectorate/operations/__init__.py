"""For those who run the machine: whether it lives, whether it is ready, its figures, its configuration."""
