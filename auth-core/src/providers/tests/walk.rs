//! Every provider, pointed at one local server, signs somebody in.

use serde_json::{Value, json};
use url::Url;

use super::emulator::{IdToken, NOW, SECRET, Site, Wire, tokens};
use super::{ALL, as_json, fixture};
use crate::provider::{Protocol, Provider, ResponseMode};

const BASE: &str = "http://127.0.0.1:4600/base";

/// A server that answers with the fixture at the endpoints that `provider` has below [`BASE`].
fn server(provider: &Provider) -> Wire {
    let answer = fixture(provider.id(), "userinfo.json");
    let Protocol::OAuth2 { endpoints, .. } = provider.protocol else {
        let mut claims = answer.clone();
        for (name, value) in [
            ("iss", json!(BASE)),
            ("aud", json!("client")),
            ("iat", json!(NOW)),
            ("nbf", json!(NOW)),
            ("auth_time", json!(NOW)),
            ("exp", json!(NOW + 300)),
        ] {
            claims[name] = value;
        }
        if let Some(members) = claims.as_object_mut() {
            members.remove("at_hash");
        }
        let id_token = IdToken::new(claims, provider.signing_algorithm);
        return Wire::default()
            .openid(BASE, BASE, id_token)
            .on(&format!("GET {BASE}/userinfo"), answer);
    };
    let at = endpoints.resolve(Some(BASE), provider.hooks.endpoints_at);
    let at = at.unwrap();
    let plain = |mut url: Url| {
        url.set_query(None);
        url.to_string()
    };
    let (token, userinfo) = (plain(at.token), plain(at.userinfo));
    let mut wire = Wire::default();
    for method in ["GET", "POST"] {
        wire = wire
            .on(&format!("{method} {token}"), tokens())
            .on(&format!("{method} {userinfo}"), answer.clone());
    }
    // Below the userinfo endpoint: the addresses, as a list or a page, or the token in the path.
    let none = match provider.id() {
        "bitbucket" => json!({"values": []}),
        _ => json!([]),
    };
    wire.on(&format!("GET {userinfo}/emails"), none)
        .on(&format!("GET {userinfo}/at"), answer)
}

#[test]
fn every_provider_signs_somebody_in_at_another_base_url() {
    for provider in ALL {
        let id = provider.id();
        let named: Vec<_> = provider.variables().collect();
        let variables: Vec<_> = named
            .iter()
            .filter_map(|it| match it.suffix {
                "ID" => Some((&*it.name, "client")),
                "SECRET" => Some((&*it.name, SECRET)),
                "BASE_URL" => Some((&*it.name, BASE)),
                _ => None,
            })
            .collect();
        let mut site = Site::begin_with(*provider, &server(provider), &variables);
        let url = &site.authorization_url;
        assert!(url.as_str().starts_with(BASE), "{id}: {url}");
        assert!(site.param("state").is_some_and(|state| state.len() == 43));
        assert_ne!(site.param("scope").as_deref(), Some(""), "{id}");
        let is_openid = matches!(provider.protocol, Protocol::Oidc { .. });
        assert_eq!(site.param("nonce").is_some(), is_openid, "{id}");
        let profile = match provider.response_mode {
            ResponseMode::FormPost => site.finish_by_post(&[]),
            ResponseMode::Query => site.finish(),
        };
        let profile = profile.unwrap_or_else(|code| panic!("{id}: {code}"));
        let mut expected = fixture(id, "profile.json");
        if let Value::String(image) = &expected["image"] {
            expected["image"] = image.replace("https://issuer.example", BASE).into();
        }
        assert_eq!(as_json(&profile), expected, "{id}");
    }
}
