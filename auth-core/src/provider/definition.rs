//! A provider as plain data, for tools: `cargo xtask providers` lists and documents them.

use serde_json::{Map, Value, json};
use url::Url;

use crate::oauth::{ClientAuth, Pkce};
use crate::provider::{Protocol, Provider};

/// Stands for the server that a client names.
const SERVER: &str = "https://issuer.example";

impl Provider {
    /// Everything that the provider's file says, with `https://issuer.example` where a client
    /// names the server.
    #[doc(hidden)]
    pub fn definition(&self) -> Value {
        let (kind, issuer, required) = match self.protocol {
            Protocol::Oidc { issuer, .. } => ("oidc", issuer, issuer.is_none()),
            Protocol::OAuth2 {
                issuer, endpoints, ..
            } => ("oauth", issuer, endpoints.are_paths()),
        };
        let issuer = issuer.or(required.then_some(SERVER));
        let [authorization, token, userinfo] = self.endpoint_urls();
        let mut checks = vec!["state"];
        if self.pkce == Pkce::S256 {
            checks.insert(0, "pkce");
        }
        if kind == "oidc" {
            checks.push("nonce");
        }
        json!({
            "id": self.id,
            "name": self.name,
            "type": kind,
            "issuer": issuer,
            "issuer_required": required,
            "variables": self.variables().map(|it| json!({
                "name": it.name,
                "required": it.required,
            })).collect::<Vec<_>>(),
            "mark": self.mark.map(|mark| mark.svg()),
            "authorization": {
                "url": authorization.as_ref().map(|(url, _)| url),
                "params": self.params(authorization.as_ref()),
            },
            "token": token.map(endpoint),
            "userinfo": userinfo.map(endpoint),
            "checks": checks,
            "token_endpoint_auth_method": match self.client_auth {
                ClientAuth::Basic => "client_secret_basic",
                ClientAuth::Post => "client_secret_post",
                ClientAuth::None => "none",
            },
            "id_token_signed_response_alg":
                (kind == "oidc").then(|| self.signing_algorithm.name()),
        })
    }

    /// URL and query of each endpoint; discovered ones have none.
    fn endpoint_urls(&self) -> [Option<(String, Map<String, Value>)>; 3] {
        let Protocol::OAuth2 { endpoints, .. } = self.protocol else {
            return [None, None, None];
        };
        let base = endpoints.are_paths().then_some(SERVER);
        let Some(resolved) = endpoints.resolve(base, None) else {
            return [None, None, None];
        };
        [resolved.authorization, resolved.token, resolved.userinfo].map(|url| Some(split(url)))
    }

    fn params(&self, authorization: Option<&(String, Map<String, Value>)>) -> Map<String, Value> {
        let mut params = authorization.map_or_else(Map::new, |(_, query)| query.clone());
        if !self.scopes.is_empty() {
            let scope = self.scopes.join(self.scope_separator);
            params.insert("scope".to_owned(), scope.into());
        }
        if self.response_mode == crate::oauth::ResponseMode::FormPost {
            params.insert("response_mode".to_owned(), "form_post".into());
        }
        if self.client_id_param != "client_id" {
            params.insert(self.client_id_param.to_owned(), "CLIENT_ID".into());
        }
        for (name, value) in self.authorization_params {
            let value = value.replace("{issuer}", SERVER);
            params.insert((*name).to_owned(), value.into());
        }
        params
    }
}

fn endpoint((url, params): (String, Map<String, Value>)) -> Value {
    json!({ "url": url, "params": params })
}

fn split(mut url: Url) -> (String, Map<String, Value>) {
    let params = url
        .query_pairs()
        .map(|(name, value)| (name.into_owned(), value.into_owned().into()))
        .collect();
    url.set_query(None);
    (url.into(), params)
}
