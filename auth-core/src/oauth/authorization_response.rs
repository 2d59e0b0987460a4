//! What the provider sends back through the browser (RFC 6749 §4.1.2, RFC 9207).
