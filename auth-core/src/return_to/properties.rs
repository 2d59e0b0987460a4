//! Whatever a stranger calls the way back.

use url::Url;

use super::*;
use crate::hostile::{property, text};

const ORIGINS: [&str; 4] = [
    "https://app.example",
    "http://localhost:3000",
    "https://app.example:8443",
    "http://[::1]:8080",
];

property!(
    what_is_accepted_stays_here_however_a_browser_reads_it,
    text([
        "/",
        "/a/b?c=d#e",
        "https://app.example/a",
        "https://app.example:443/a",
        "http://localhost:3000/a?b",
        "https://app.example:8443",
        "HTTP://[::1]:8080/../x",
        "/..//evil.example",
        "/%2e%2e//evil.example/%5c",
    ]),
    |text| {
        for origin in ORIGINS {
            let (ours, base) = (Origin::parse(origin).unwrap(), Url::parse(origin).unwrap());
            let Some(accepted) = ReturnTo::parse(&text, &ours) else {
                continue;
            };
            let path = accepted.as_str().strip_prefix(origin).unwrap();
            // As it came, as it is passed on, and as a path: each resolved from any page of ours.
            let page = base.join("/deep/er/page?x").unwrap();
            for reading in [&*text, accepted.as_str(), path] {
                let resolved = page.join(reading).unwrap();
                assert_eq!(resolved.origin(), base.origin(), "{reading}");
                assert!(!resolved.path().starts_with("//"), "{reading}");
                assert_eq!((resolved.username(), resolved.password()), ("", None));
            }
            assert!(path.starts_with('/') && !path.starts_with("//"), "{path}");
            assert!(accepted.as_str().len() <= MAX_BYTES);
            assert!(
                accepted
                    .as_str()
                    .bytes()
                    .all(|byte| (0x21..0x7f).contains(&byte))
            );
            // What was accepted once is accepted as it is.
            assert_eq!(
                ReturnTo::parse(accepted.as_str(), &ours).as_ref(),
                Some(&accepted)
            );
            assert_eq!(ReturnTo::parse(path, &ours).as_ref(), Some(&accepted));
        }
    }
);
