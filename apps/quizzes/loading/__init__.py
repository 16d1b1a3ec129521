"""The question bank from files: `quizzes/*.toml` of every content folder, checked whole."""
