"""What a campaign's departments do together: liaison, joint meetings, re-checks (回头看), publicity and training."""
