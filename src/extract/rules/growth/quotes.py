"""A currency's value in its own units per another's: the more of them, the less it is worth.

the peso weakened to 58 pesos per dollar from 57.3    -> a decrease, though 58 is more
the dollar rose to 1.84 marks from 1.83               -> told in another's units: 1.84 is more
"""

from __future__ import annotations
