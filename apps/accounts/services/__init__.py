"""Writes about people, one module a subject; who is learning is asked everywhere."""

from apps.accounts.services.learners import current_learner, ensure_learner

__all__ = ["current_learner", "ensure_learner"]
