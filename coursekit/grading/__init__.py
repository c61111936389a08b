"""Grading: trainees' code in a box, the verdict beside it, and nothing lost."""
