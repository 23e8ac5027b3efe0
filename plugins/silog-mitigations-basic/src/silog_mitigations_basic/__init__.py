"""First answers to what a plan lacks: one more vehicle, an order for what is short."""
