"""Pictures of a campaign, its monthly bulletin (通报) and the report at its end (总结)."""
