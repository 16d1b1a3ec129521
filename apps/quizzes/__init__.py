"""Questions, quizzes, attempts: what is asked, what was answered, what it was worth."""
