"""Site chrome: middleware, cacheable public pages, health, error pages. No models."""
