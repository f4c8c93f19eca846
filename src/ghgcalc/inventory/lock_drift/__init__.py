"""What has moved since a reporting year was locked: inputs, factors, figures, with tonnes."""
