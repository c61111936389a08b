"""The statistics and decisions that lessons use: plain functions, one room a kind of question.

Where scipy or statsmodels has the method, it does the work here; lessons show by hand what it does.
"""
