//! `oidc-provider`, and a site that is registered with it.

use std::net::TcpListener;
use std::sync::Mutex;

use auth_actix::{Client, providers};
use auth_tests::Site;
use serde_json::{Map, Value, json};

use crate::node::Peer;

pub(crate) const CLIENT_ID: &str = "app";

/// All that is printable in ASCII, as RFC 6749 appendix A.2 has it, more than once.
pub(crate) const SECRET: &str =
    "0 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ a%3Ab:+%2B%25 50% + + = and so on";

/// The certified provider, in a process of its own.
pub(crate) struct Certified {
    peer: Peer,
    pub(crate) issuer: String,
    settings: Mutex<Value>,
}

impl Certified {
    /// Started on a free port, with one client, and claims in the ID Token.
    fn start(client: Value) -> Self {
        let provider = Self {
            peer: Peer::start("provider.js"),
            issuer: String::new(),
            settings: Mutex::new(json!({
                "clients": [client],
                "generation": 1,
                "claims_in_id_token": true,
                "forget": false,
            })),
        };
        let answer = provider.set("generation", json!(1));
        Self {
            issuer: answer["issuer"].as_str().expect("it has one").to_owned(),
            ..provider
        }
    }

    /// From now on it signs with other keys, and knows the ones before no more.
    pub(crate) fn rotate_keys(&self) {
        self.set("generation", json!(2));
    }

    /// It forgets all sessions, grants and codes.
    pub(crate) fn forget(&self) {
        self.set("forget", json!(true));
        self.set("forget", json!(false));
    }

    /// Claims about the person come from the userinfo endpoint alone, as the specification has it.
    pub(crate) fn claims_by_userinfo_alone(&self) {
        self.set("claims_in_id_token", json!(false));
    }

    /// How clients authenticated for the tokens that it has granted.
    pub(crate) fn authenticated(&self) -> Value {
        self.set("forget", json!(false))["authenticated"].take()
    }

    fn set(&self, name: &str, value: Value) -> Value {
        let mut settings = self.settings.lock().expect("no test panics here");
        settings[name] = value;
        self.peer
            .ask(&settings)
            .expect("the provider takes the settings")
    }
}

/// A site registered with the certified provider with this metadata; `ours` is our side of it.
pub(crate) fn site_with(metadata: Value, ours: impl FnOnce(Client) -> Client) -> Site<Certified> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("there is a free port");
    let address = listener.local_addr().expect("a bound listener has one");
    let redirect_uri = format!("http://{address}/api/auth/callback/dev");
    let is_public = metadata["token_endpoint_auth_method"] == "none";
    let mut client: Map<String, Value> = Map::from_iter([
        ("client_id".to_owned(), json!(CLIENT_ID)),
        ("redirect_uris".to_owned(), json!([redirect_uri])),
    ]);
    if !is_public {
        client.insert("client_secret".to_owned(), json!(SECRET));
    }
    client.extend(metadata.as_object().cloned().unwrap_or_default());
    let provider = Certified::start(client.into());
    let client = match is_public {
        true => providers::OIDC.public_client(CLIENT_ID),
        false => providers::OIDC.client(CLIENT_ID, SECRET),
    };
    let client = ours(client.id("dev").issuer(&*provider.issuer));
    Site::on(listener, provider, client, |builder| builder)
}

/// A site registered with the certified provider in the usual way.
pub(crate) fn site() -> Site<Certified> {
    site_with(json!({}), |client| client)
}
