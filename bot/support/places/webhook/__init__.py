"""Any helpdesk as the place where staff answer: signed JSON goes out, signed JSON comes back."""
