"""The pages: requests become use cases, and what they return becomes HTML."""
