"""nbgrader's configuration; the course directory is the folder of this file."""

from pathlib import Path

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ClearSolutions,
    ComputeChecksums,
    GetGrades,
    IncludeHeaderFooter,
    InstantiateTests,
    LockCells,
    SaveCells,
)

from coursekit.course.questions import STUB
from coursekit.course.release import AddKeys, DropMistakes
from coursekit.grading.feedback import HideTests

c = get_config()  # noqa: F821 – given by the loader
root = Path(__file__).resolve().parent

c.CourseDirectory.course_id = "county"
c.CourseDirectory.root = str(root)
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"
c.CourseDirectory.submitted_directory = "class/submitted"
c.CourseDirectory.autograded_directory = "class/autograded"
c.CourseDirectory.feedback_directory = "class/feedback"
c.CourseDirectory.db_url = f"sqlite:///{root / 'class' / 'gradebook.db'}"
c.Exchange.root = str(root / "class" / "exchange")

# The release must run unanswered: the default stub raises an error.
c.ClearSolutions.code_stub = {"python": STUB}
# A check that a trainee deleted comes back when the notebook is graded.
c.ClearSolutions.text_stub = "*Write your answer here, in place of this line.*"
c.OverwriteCells.add_missing_cells = True
# The rubric stands in the locked question cell: graders read it, the release does not hold it.
c.ClearMarkScheme.enforce_metadata = False

c.GenerateAssignment.preprocessors = [
    IncludeHeaderFooter,
    InstantiateTests,
    AddKeys,  # runs the solution, so before anything is cleared
    DropMistakes,
    LockCells,
    ClearSolutions,
    ClearOutput,
    CheckCellMetadata,
    ComputeChecksums,
    SaveCells,  # the gradebook keeps hidden tests and rubric
    ClearHiddenTests,
    ClearMarkScheme,
    ComputeChecksums,
    CheckCellMetadata,
]

c.GenerateFeedback.preprocessors = [
    GetGrades,
    HideTests,  # no hidden test, no traceback into one, nothing that runs
    CSSHTMLHeaderPreprocessor,
]
