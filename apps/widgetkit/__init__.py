"""What a widget (실습) is, and everything widgets have in common. Knows no concrete widget."""
