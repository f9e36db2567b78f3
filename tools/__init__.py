"""What the project is made with and never ships: pages of docs/, and mutation testing."""
