"""What the pricing engines share: instance types, units, purchase options, sources. Pure."""
