"""Texts that have broken something: each stays here, and is tried in every run."""

SEEDS = (
    "14 bbl\ndry",
    "14 bbl  dry",
    "HK\n$540",
    "HK  $ 2024",
    "It rose by a thırd, the SIXTY-FIRſT time.",
    "5 \x1d1/4 \x1d1/\x1d2 pct",
    "It paid $781755387 quadrillion quadrillion k zillion trillion.",
    "Output rose from 0.000001 tonnes to 99000000000000000000000 tonnes.",
    "(" * 3000,
    "$" * 3000,
    "New York " * 300,
    "Christie's",
)
