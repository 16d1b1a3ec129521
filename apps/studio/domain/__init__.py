"""Rules of the studio. Pure: the standard library, the kernel and the quizzes' domain."""
