"""Items, payments, balances."""
