//! Every definition against that of Auth.js: the same, or different for a reason that is written
//! down in `fixtures/authjs_differences.json`, from where it gets into the documentation.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;

use super::super::ALL;
use super::fixtures;

/// Fields by name: `issuer`, `authorization`, `authorization.scope`.
type Fields = BTreeMap<String, Value>;

/// A provider and one of its fields.
type Field = (String, String);

#[derive(Deserialize)]
struct Reason {
    providers: Vec<String>,
    fields: Vec<String>,
    reason: String,
}

fn read<T: serde::de::DeserializeOwned>(name: &str) -> T {
    serde_json::from_slice(&std::fs::read(fixtures().join(name)).unwrap()).unwrap()
}

/// What is compared. Parameters of the protocol are not: they are the same for all of ours.
fn fields(definition: &Value) -> Fields {
    let mut fields = Fields::new();
    for name in [
        "name",
        "type",
        "issuer",
        "issuer_required",
        "token_endpoint_auth_method",
    ] {
        fields.insert(name.to_owned(), definition[name].clone());
    }
    for endpoint in ["authorization", "token", "userinfo"] {
        fields.insert(endpoint.to_owned(), definition[endpoint]["url"].clone());
        let params = definition[endpoint]["params"].as_object();
        for (name, value) in params.into_iter().flatten() {
            let value = match (name.as_str(), value.as_str()) {
                ("client_id" | "redirect_uri", _) | ("response_type", Some("code")) => continue,
                ("scope", Some("")) => continue,
                ("scope", Some(scope)) => in_any_order(scope),
                _ => value.clone(),
            };
            fields.insert(format!("{endpoint}.{name}"), value);
        }
    }
    fields
}

fn in_any_order(scope: &str) -> Value {
    scope
        .split([' ', ','])
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect()
}

fn differences() -> BTreeSet<Field> {
    let theirs: Value = read("authjs_providers.json");
    let mut found = BTreeSet::new();
    for theirs in theirs["providers"].as_array().unwrap() {
        let id = theirs["id"].as_str().unwrap();
        let ours = ALL.iter().find(|provider| provider.id() == id);
        let ours = ours
            .unwrap_or_else(|| panic!("there is no {id}"))
            .definition();
        let (of_ours, of_theirs) = (fields(&ours), fields(theirs));
        let names: BTreeSet<&String> = of_ours.keys().chain(of_theirs.keys()).collect();
        for name in names {
            let value = |of: &Fields| of.get(name).cloned().unwrap_or_default();
            if value(&of_ours) != value(&of_theirs) {
                found.insert((id.to_owned(), name.clone()));
            }
        }
    }
    found
}

#[test]
fn every_difference_to_auth_js_has_its_reason_and_every_reason_a_difference() {
    let reasons: Vec<Reason> = read("authjs_differences.json");
    let mut explained = BTreeSet::new();
    for Reason {
        providers,
        fields,
        reason,
    } in &reasons
    {
        assert!(!reason.is_empty());
        for (id, field) in providers
            .iter()
            .flat_map(|id| fields.iter().map(move |it| (id, it)))
        {
            let is_new = explained.insert((id.clone(), field.clone()));
            assert!(is_new, "{id} {field} is explained twice");
        }
    }
    assert_eq!(differences(), explained);
}

/// We check more than Auth.js, never less: `state` always, `nonce` of every ID Token.
#[test]
fn whatever_auth_js_checks_is_checked() {
    let theirs: Value = read("authjs_providers.json");
    for theirs in theirs["providers"].as_array().unwrap() {
        let provider = ALL.iter().find(|it| theirs["id"] == it.id()).unwrap();
        let ours = provider.definition();
        let checks = |of: &Value| -> BTreeSet<String> {
            let names = of["checks"].as_array().unwrap().iter();
            names.map(|it| it.as_str().unwrap().to_owned()).collect()
        };
        assert!(
            checks(theirs).is_subset(&checks(&ours)),
            "{}",
            provider.id()
        );
        assert!(checks(&ours).contains("state"));
    }
}

#[test]
fn there_are_the_93_of_auth_js() {
    let theirs: Value = read("authjs_providers.json");
    assert_eq!(theirs["providers"].as_array().unwrap().len(), 93);
}
