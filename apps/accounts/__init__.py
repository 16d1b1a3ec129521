"""Users, and learners: the owner of everything a person does here, with an account or without."""
