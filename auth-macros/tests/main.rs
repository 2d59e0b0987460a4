//! What `#[protected]` accepts, and what it says to what it does not.

mod handlers;

/// The messages are those of the toolchain that wrote the `.stderr` files: 1.95. After a change,
/// `TRYBUILD=overwrite cargo test -p auth-macros ui` writes them anew.
#[test]
fn ui() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/pass/*.rs");
    cases.compile_fail("tests/ui/fail/*.rs");
}
