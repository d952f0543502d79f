"""Extraction on many machines: a function from an Arrow batch of articles to an Arrow table of facts.

`arrow.facts` is all that an engine needs; `ray` and `spark` adapt it. `driver` is a run of the command line
on a cluster: parts of the articles go to workers and come back as Parquet. No shared folder is needed.
"""
