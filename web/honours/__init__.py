"""Honours that parties hold: recorded by who grants them, looked after by the office."""
