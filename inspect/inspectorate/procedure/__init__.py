"""How a case must go: states, guards, clocks and working days, with their articles. Neither Flask nor SQLAlchemy."""
