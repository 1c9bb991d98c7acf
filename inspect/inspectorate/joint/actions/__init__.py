"""Use cases of the joint side, by what they are about."""
