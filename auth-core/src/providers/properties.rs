//! Whatever a provider says of a person.

use std::path::PathBuf;

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use url::Url;

use super::ALL;
use crate::hostile::{self, property};
use crate::oauth::UserinfoRequest;
use crate::oauth::testing::{Script, userinfo_request};
use crate::provider::{Protocol, Provider};
use crate::secret::Secret;
use crate::testing::block_on;

fn documented(provider: &Provider) -> Value {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(provider.id())
        .join("userinfo.json");
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn check_mapping(provider: &Provider, answer: Value) {
    match provider.map_profile(answer.clone()) {
        Ok(profile) => {
            assert!(!profile.id.is_empty(), "{}", provider.id());
            if let Value::Object(members) = answer {
                assert_eq!(profile.claims, members);
            }
            assert!(profile.verified_email().is_none() || profile.email_verified);
        }
        // It goes to the log, cause and all.
        Err(error) => assert!(hostile::chain(&error).len() <= 500, "{}", provider.id()),
    }
}

/// A provider, and its documented answer with edits.
fn answers() -> impl Strategy<Value = (Provider, Value)> {
    hostile::json_of(ALL.iter().map(|it| (*it, documented(it))))
}

property!(
    an_answer_of_any_json_is_somebodys_profile_or_none,
    answers(),
    |(provider, answer)| check_mapping(&provider, answer)
);

property!(
    an_answer_meant_for_another_provider_is_somebodys_profile_or_none,
    (hostile::json(ALL.iter().map(documented)), select(ALL)),
    |(answer, provider)| check_mapping(&provider, answer)
);

property!(
    a_userinfo_call_of_any_answers_ends,
    (
        answers(),
        hostile::bytes([
            "[{\"email\":\"a@b.example\",\"primary\":true,\"verified\":true}]",
            "{\"data\":{\"id\":\"1\"}}",
        ]),
        select(vec![200_u16, 302, 404, 500])
    ),
    |((provider, answer), second, status)| {
        let Protocol::OAuth2 { endpoints, .. } = provider.protocol else {
            return;
        };
        let script = Script::new()
            .json(200, answer)
            .raw(status, second.0)
            .json(200, json!({}));
        let endpoint: Url = "https://server.example".parse().unwrap();
        let endpoint = endpoint.join(endpoints.userinfo).unwrap();
        let (outbound, access_token) = (script.outbound(), Secret::from("at"));
        let request = UserinfoRequest {
            headers: provider.userinfo_headers,
            token_in: provider.userinfo_token,
            ..userinfo_request(&outbound, &endpoint, &access_token)
        };
        let answered = match provider.hooks.fetch_userinfo {
            Some(fetch) => block_on(fetch(request)),
            None => block_on(request.get()),
        };
        if let Ok(answer) = answered {
            check_mapping(&provider, answer);
        }
        // The token goes to the host of the endpoint and nowhere else.
        let host = |url: &str| url.split('/').nth(2).map(str::to_owned);
        for request in script.sent() {
            assert_eq!(host(&request.uri().to_string()), host(endpoint.as_str()));
        }
    }
);
