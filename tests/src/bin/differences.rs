//! Writes `docs/from-authjs/differences.md` from the table that the comparison with Auth.js uses.

use std::path::Path;

fn main() -> std::io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    std::fs::write(
        root.join("docs/from-authjs/differences.md"),
        auth_tests::differences::page(),
    )
}
