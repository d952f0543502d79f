"""Speed and memory. `python -m benchmarks` measures all; each module does its part alone."""
