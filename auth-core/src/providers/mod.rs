//! The providers: one file each, plus [`ALL`].

use crate::provider::Provider;

/// Every provider, by id.
pub const ALL: &[Provider] = &[];
