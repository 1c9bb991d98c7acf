"""For those who run the machine: safe to serve, alive, ready; logs and figures; configuration and rights."""
