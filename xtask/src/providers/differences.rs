//! Where a definition differs from that of Auth.js, and why: for the page of the provider. A test of
//! `auth-core` holds the reasons against the definitions.

use std::fs;

use serde_json::Value;

use crate::cargo::root;
use crate::gate::Stop;

const FIXTURES: &str = "auth-core/fixtures";

/// The definitions of Auth.js, and the reasons for ours.
pub(super) struct Differences {
    theirs: Value,
    reasons: Value,
}

impl Differences {
    pub(super) fn read() -> Result<Self, Stop> {
        Ok(Self {
            theirs: read("authjs_providers.json")?,
            reasons: read("authjs_differences.json")?,
        })
    }

    /// A paragraph for each reason.
    pub(super) fn of(&self, definition: &Value) -> Vec<String> {
        let id = &definition["id"];
        let theirs = items(&self.theirs["providers"]).find(|it| it["id"] == *id);
        let reasons = items(&self.reasons)
            .filter(|reason| items(&reason["providers"]).any(|provider| provider == id));
        reasons
            .map(|reason| {
                let fields = items(&reason["fields"]).filter_map(Value::as_str);
                let there: Vec<String> = fields.filter_map(|it| there(theirs?, it)).collect();
                let why = reason["reason"].as_str().unwrap_or_default();
                format!("Unlike Auth.js, where {}: {why}.\n", there.join(", "))
            })
            .collect()
    }
}

fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

/// A field and what Auth.js has there. That a client must name the issuer goes without saying where
/// the issuer is told.
fn there(theirs: &Value, field: &str) -> Option<String> {
    let (value, label) = match (field.split_once('.'), field) {
        (Some((endpoint, param)), _) => (&theirs[endpoint]["params"][param], param),
        (None, "authorization" | "token" | "userinfo") => (&theirs[field]["url"], field),
        (None, "issuer_required") => return None,
        (None, "token_endpoint_auth_method") => (&theirs[field], "client authentication"),
        (None, _) => (&theirs[field], field),
    };
    Some(match value.as_str() {
        Some("") => format!("{label} is empty"),
        Some(value) => format!("{label} is `{value}`"),
        None => format!("{label} is not set"),
    })
}

fn read(name: &str) -> Result<Value, Stop> {
    let path = root().join(FIXTURES).join(name);
    let failed = |error: &dyn std::error::Error| Stop::Failed(format!("{name}: {error}"));
    let text = fs::read(path).map_err(|error| failed(&error))?;
    serde_json::from_slice(&text).map_err(|error| failed(&error))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_reason_is_told_on_the_pages_it_concerns_with_what_is_there() {
        let differences = Differences {
            theirs: json!({"providers": [{
                "id": "acme", "issuer": null, "issuer_required": false,
                "authorization": {"url": "https://a.example", "params": {"scope": ""}},
                "token_endpoint_auth_method": "client_secret_basic",
            }]}),
            reasons: json!([
                {"providers": ["acme"], "fields": ["authorization.scope", "issuer", "issuer_required"],
                 "reason": "it is so"},
                {"providers": ["acme"], "fields": ["authorization", "token_endpoint_auth_method"],
                 "reason": "it moved"},
                {"providers": ["other"], "fields": ["token"], "reason": "x"},
            ]),
        };
        assert_eq!(
            differences.of(&json!({"id": "acme"})),
            [
                "Unlike Auth.js, where scope is empty, issuer is not set: it is so.\n",
                "Unlike Auth.js, where authorization is `https://a.example`, client authentication \
                 is `client_secret_basic`: it moved.\n",
            ]
        );
        assert!(differences.of(&json!({"id": "none"})).is_empty());
    }
}
