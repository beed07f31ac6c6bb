"""Predicted records against gold records: the figures, and every miss and false hit with its text.

    gold        lines of gold files become the records of a document, checked
    compare     when two texts, numbers or spans count as the same
    pairing     which prediction meets which gold record
    figures     the result: counts, shares, findings
    outline, claims, marks, alignments     the judges, each for a few record types
    run         all judges over all documents

What a record means is said in `loaders.records`; where predictions come from is not known here.
"""

from loaders.evaluate.figures import Bin, Calibration, Evaluation, Figures, Finding, Score, Share
from loaders.evaluate.gold import read_records
from loaders.evaluate.run import evaluate, evaluate_files

__all__ = [
    "Bin",
    "Calibration",
    "Evaluation",
    "Figures",
    "Finding",
    "Score",
    "Share",
    "evaluate",
    "evaluate_files",
    "read_records",
]
