//! Why a store could not do what it was asked.

/// A store did not do what it was asked, and may be asked again later.
///
/// # Security
/// The source goes to the log, with its own sources. Leave values out of its text: e-mail
/// addresses and tokens are among them. Visitors see none of it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The store cannot be reached, or refused the operation.
    #[error("the store failed")]
    Failed(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The work was dropped before it was done: the runtime is shutting down.
    #[error("the work on the store was dropped")]
    Dropped,
    /// Others changed the same rows each time it was tried.
    #[error("the store changed too often in between")]
    Contended,
    /// No store is configured.
    #[error("no store is configured: call `.users(..)` on the builder")]
    NotConfigured,
}

impl StoreError {
    /// Wraps the error of a database driver.
    pub fn new(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Failed(source.into())
    }
}
