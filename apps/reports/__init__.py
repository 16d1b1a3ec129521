"""오류 신고: learners tell their instructors what is wrong in a lesson or a question."""
