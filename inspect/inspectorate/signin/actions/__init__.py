"""The use cases of signing in, by what they are about."""
