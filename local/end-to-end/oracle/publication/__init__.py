"""What may leave the warehouse, decided a second time from docs/adr/0035: members, cells, rates."""
