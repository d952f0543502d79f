"""Many machines: one function from an Arrow batch of articles to an Arrow table of facts, and what calls it.

`arrow.facts` is all that an engine needs; `ray` and `spark` are thin skins over it. `driver` is a run of the
command line on a cluster: parts of the articles go to workers, and come back as Parquet. Nothing here needs a
folder that machines share.
"""
