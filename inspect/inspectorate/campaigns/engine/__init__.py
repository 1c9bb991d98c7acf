"""The form engine: a definition in TOML becomes a grid of labels and figures. Pure: no web, no database."""
