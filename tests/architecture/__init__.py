"""What is true of the code and the project as a whole."""
