//! Discovery document and keys of one issuer, cached.

/// Discovery document and keys of one issuer, cached.
pub(crate) struct RemoteMetadata;
