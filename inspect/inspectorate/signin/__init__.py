"""Signing in and staying so: attempts, sessions, passwords, the second factor, single sign-on (docs/accounts.md)."""
