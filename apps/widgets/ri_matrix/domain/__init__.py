"""약정의 유연성: what a purchase option is flexible about, and how a commitment is changed."""
