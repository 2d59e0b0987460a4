mod calls;
mod refusals;
mod retries;
mod transcript;

use serde_json::{Value, json};

use super::*;
use crate::authkit::workos::testing::{API_KEY, CLIENT_ID, Emulator};
use crate::testing::block_on;

#[test]
fn what_is_no_credential_is_refused_before_it_is_sent() {
    let check = |client_id: &str, api_key: &str| WorkOsCredentials::new(client_id, api_key).err();
    assert_eq!(check(CLIENT_ID, API_KEY), None);
    for client_id in ["", "a b", "a/b", "..", "a?b", "ü"] {
        assert_eq!(check(client_id, API_KEY), Some(CredentialsError::ClientId));
    }
    for api_key in ["", "a b", "a\nb", "ü"] {
        assert_eq!(check(CLIENT_ID, api_key), Some(CredentialsError::ApiKey));
    }
}

#[test]
fn debug_shows_no_secret() {
    let workos = Emulator::new().workos();
    let credentials = WorkOsCredentials::new(CLIENT_ID, API_KEY).unwrap();
    let grant = Grant::Password {
        email: "a@b.example".into(),
        password: "hunter2".into(),
        invitation_token: Some("inv1te".into()),
    };
    let request = AuthenticationRequest::new(grant);
    let shown = format!("{workos:?} {credentials:?} {request:?}");
    assert!(shown.contains(CLIENT_ID));
    for secret in [API_KEY, "hunter2", "inv1te"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn values_that_are_not_known_are_kept() {
    let new: SessionStatus = serde_json::from_value(json!("paused")).unwrap();
    assert_eq!(new, SessionStatus::Other("paused".into()));
    assert_eq!(serde_json::to_value(&new).unwrap(), "paused");
}

#[test]
fn each_known_value_is_written_as_it_is_read() {
    fn check<T: for<'a> From<&'a str> + PartialEq>(known: &[T], as_str: impl Fn(&T) -> &str) {
        assert!(known.iter().all(|value| T::from(as_str(value)) == *value));
    }
    check(ErrorCode::KNOWN, ErrorCode::as_str);
    check(SessionStatus::KNOWN, SessionStatus::as_str);
    check(MembershipStatus::KNOWN, MembershipStatus::as_str);
    check(AuthenticationMethod::KNOWN, AuthenticationMethod::as_str);
}
