//! Whatever comes back through the browser.

use url::form_urlencoded;

use super::authorization_response::{AuthorizationResponse, ExpectedResponse};
use crate::hostile::{bytes, property};

property!(
    a_code_comes_only_with_the_state_and_the_issuer_that_are_expected,
    bytes([
        "code=c&state=s",
        "code=c&state=s&iss=https%3A%2F%2Fop.example",
        "error=access_denied&error_description=no&state=s",
        "state=s&code=c&code=d",
    ]),
    |query| {
        let pairs: Vec<_> = form_urlencoded::parse(&query.0).collect();
        let values = |name: &str| -> Vec<&str> {
            let named = pairs.iter().filter(|(key, _)| key == name);
            named.map(|(_, value)| &**value).collect()
        };
        for iss_required in [false, true] {
            let Ok(response) = AuthorizationResponse::parse(pairs.iter().cloned()) else {
                return;
            };
            assert!(!format!("{response:?}").contains("code"));
            let verified = response.verify(&ExpectedResponse {
                state: "s",
                issuer: Some("https://op.example"),
                iss_required,
            });
            let Ok(code) = verified else { continue };
            assert_eq!(values("state"), ["s"]);
            assert_eq!(values("code"), [code.expose()]);
            assert!(
                code.expose()
                    .bytes()
                    .all(|byte| (0x20..=0x7e).contains(&byte))
            );
            assert!((1..=8 * 1024).contains(&code.expose().len()));
            assert!(values("error").iter().all(|error| error.is_empty()));
            match values("iss").as_slice() {
                [] | [""] => assert!(!iss_required),
                iss => assert_eq!(iss, ["https://op.example"]),
            }
        }
    }
);
