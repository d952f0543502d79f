"""Speed and memory. `python -m benchmarks` measures all; each module does its part alone."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as on the command line; numpy reads it when imported
