//! The token request and its answer (RFC 6749 §4.1.3, §5).
