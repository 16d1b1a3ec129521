"""A class and its people (`rooms`), what is set to it and how it was marked (`work`)."""

from apps.classrooms.models.rooms import Classroom, Enrollment, Instructorship
from apps.classrooms.models.work import Assignment, Mark

__all__ = ["Assignment", "Classroom", "Enrollment", "Instructorship", "Mark"]
