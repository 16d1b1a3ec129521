"""What a question is and what an answer is worth. Standard library and kernel only."""
