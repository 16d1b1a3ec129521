"""Writes of the studio: drafts, publishing, sharing, quizzes, import."""
