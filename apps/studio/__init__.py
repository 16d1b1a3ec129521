"""Where instructors write questions and quizzes: `/studio/`."""
