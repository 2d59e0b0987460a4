//! What a user's build pulls in by depending on `auth-actix`.

use std::collections::BTreeSet;

use crate::cargo::{cargo, stdout};
use crate::gate::Stop;

/// At most so many crates, `auth-actix` included.
const MAX_CRATES: usize = 210;

/// A second crypto backend, or one with a hole.
const REFUSED: &[&str] = &[
    "native-tls v",
    "openssl v",
    "openssl-sys v",
    "ring v",
    "rsa v",
    "h2 v0.3.",
];

pub(crate) fn run() -> Result<(), Stop> {
    let crates = crates_of("auth-actix")?;
    println!("auth-actix: {} crates of {MAX_CRATES}", crates.len());
    let refused: Vec<&str> = crates
        .iter()
        .map(String::as_str)
        .filter(|line| is_refused(line))
        .collect();
    if !refused.is_empty() {
        return Err(Stop::Failed(format!(
            "not to be depended on: {}",
            refused.join(", ")
        )));
    }
    if crates.len() > MAX_CRATES {
        return Err(Stop::Failed(format!(
            "{} crates, more than {MAX_CRATES}",
            crates.len()
        )));
    }
    Ok(())
}

/// The crates that end up in a build with `package`, as `name vX.Y.Z`.
pub(crate) fn crates_of(package: &str) -> Result<BTreeSet<String>, Stop> {
    let arguments = [
        "tree",
        "--package",
        package,
        "--edges",
        "normal,build",
        "--prefix",
        "none",
    ];
    Ok(parse_tree(&stdout(&mut cargo(&arguments))?))
}

fn parse_tree(text: &str) -> BTreeSet<String> {
    text.lines()
        .filter_map(|line| {
            let mut words = line.split(' ');
            Some(format!("{} {}", words.next()?, words.next()?))
        })
        .collect()
}

fn is_refused(line: &str) -> bool {
    REFUSED.iter().any(|refused| line.starts_with(refused))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_that_occurs_twice_counts_once() {
        let tree = "a v1.0.0 (/x/a)\nb v2.0.0\nb v2.0.0 (*)\nb v3.0.0\n";
        let crates = parse_tree(tree);
        assert_eq!(
            crates.into_iter().collect::<Vec<_>>(),
            ["a v1.0.0", "b v2.0.0", "b v3.0.0"]
        );
    }

    #[test]
    fn a_second_crypto_backend_is_refused() {
        for line in [
            "ring v0.17.14",
            "openssl-sys v0.9.1",
            "native-tls v0.2.0",
            "h2 v0.3.27",
        ] {
            assert!(is_refused(line), "{line}");
        }
        for line in [
            "ringbuf v1.0.0",
            "openssl-probe v0.2.2",
            "h2 v0.4.1",
            "aws-lc-rs v1.19.0",
        ] {
            assert!(!is_refused(line), "{line}");
        }
    }
}
