//! The table, by subject.

mod cookies;
mod input;
mod pages;
mod redirects;
mod responses;

use super::{Difference, Place};

/// All differences, by subject.
pub(super) const SUBJECTS: [&[Difference]; 5] = [
    responses::DIFFERENCES,
    pages::DIFFERENCES,
    cookies::DIFFERENCES,
    redirects::DIFFERENCES,
    input::DIFFERENCES,
];

/// A place, as in the comparison's report: where, which field, and both values.
const fn at(
    requests: &'static str,
    field: &'static str,
    authjs: &'static str,
    ours: &'static str,
) -> Place {
    Place {
        requests,
        field,
        authjs,
        ours,
    }
}
