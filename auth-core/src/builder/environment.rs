//! The `AUTH_*` and `WORKOS_*` variables: reading them, and saying so when one looks mistyped.

use std::collections::{BTreeMap, BTreeSet};

pub(super) use crate::provider::{PROVIDER_SUFFIXES, provider_variable};

/// Variables by name. A variable that is set to nothing counts as not set.
#[derive(Clone, Default)]
pub(crate) struct Environment(BTreeMap<String, String>);

impl Environment {
    /// The variables of this process whose names start with `prefix`.
    pub(crate) fn of_process(prefix: &str) -> Self {
        Self::from_iter(std::env::vars_os().filter_map(|(name, value)| {
            let name = name
                .into_string()
                .ok()
                .filter(|name| name.starts_with(prefix))?;
            Some((name, value.into_string().ok()?))
        }))
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// `AUTH_<ID>_<SUFFIX>` of a registration.
    pub(super) fn of_provider(&self, id: &str, suffix: &str) -> Option<&str> {
        self.get(&provider_variable(id, suffix))
    }

    /// Sentences about variables that nothing reads and that resemble one that something could.
    pub(super) fn suspicions(&self, ids: &BTreeSet<String>) -> Vec<String> {
        let known: BTreeSet<String> = GENERAL
            .iter()
            .map(|name| (*name).to_owned())
            .chain(ids.iter().flat_map(|id| {
                PROVIDER_SUFFIXES
                    .iter()
                    .map(move |suffix| provider_variable(id, suffix))
            }))
            .collect();
        self.unlike(&known)
    }

    /// Sentences about variables that are not among `known` and resemble one that is.
    pub(crate) fn unlike(&self, known: &BTreeSet<String>) -> Vec<String> {
        self.0
            .keys()
            .filter(|name| !known.contains(*name))
            .filter_map(|name| {
                let nearest = known
                    .iter()
                    .min_by_key(|known| strsim::levenshtein(known, name))?;
                (strsim::levenshtein(nearest, name) <= 2)
                    .then(|| format!("{name} is not read by anything; did you mean {nearest}?"))
            })
            .collect()
    }
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for Environment {
    fn from_iter<T: IntoIterator<Item = (K, V)>>(variables: T) -> Self {
        Self(
            variables
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .filter(|(_, value): &(String, String)| !value.trim().is_empty())
                .collect(),
        )
    }
}

/// Variables that concern no single provider.
const GENERAL: [&str; 7] = [
    "AUTH_SECRET",
    "AUTH_SECRET_1",
    "AUTH_SECRET_2",
    "AUTH_SECRET_3",
    "AUTH_URL",
    "AUTH_TRUST_HOST",
    "AUTH_REDIRECT_PROXY_URL",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(variables: &[(&str, &str)]) -> Environment {
        variables
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect()
    }

    #[test]
    fn an_empty_variable_counts_as_not_set() {
        let environment = environment(&[("AUTH_URL", " "), ("AUTH_SECRET", "x")]);
        assert_eq!(environment.get("AUTH_URL"), None);
        assert_eq!(environment.get("AUTH_SECRET"), Some("x"));
    }

    #[test]
    fn a_mistyped_variable_is_suspected_and_an_unrelated_one_is_not() {
        let ids = BTreeSet::from(["github".to_owned()]);
        let check = |name: &str, expected: Option<&str>| {
            let found = environment(&[(name, "x")]).suspicions(&ids);
            assert_eq!(
                found.len(),
                usize::from(expected.is_some()),
                "{name}: {found:?}"
            );
            if let (Some(sentence), Some(meant)) = (found.first(), expected) {
                assert!(sentence.contains(meant), "{sentence}");
            }
        };
        check("AUTH_GITUB_ID", Some("AUTH_GITHUB_ID"));
        check("AUTH_SECERT", Some("AUTH_SECRET"));
        check("AUTH_GITHUB_ID", None);
        check("AUTH_SOMETHING_ELSE", None);
    }
}
