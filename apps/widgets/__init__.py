"""One folder per widget; `apps.widgetkit` finds them and nothing else imports them."""
