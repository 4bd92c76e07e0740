"""What is true about money, lateness and manners. Pure: no I/O, no clock, no randomness."""
