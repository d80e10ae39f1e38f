"""Laws: relations that hold between facts, whatever words they are told in."""
