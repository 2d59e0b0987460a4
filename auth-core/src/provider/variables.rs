//! The variables that a registration is read from: `AUTH_<ID>_<SUFFIX>`.

use crate::oauth::ClientAuth;
use crate::provider::{Protocol, Provider};

/// What follows the id in a provider's variables.
pub(crate) const PROVIDER_SUFFIXES: [&str; 10] = [
    "ID",
    "SECRET",
    "ISSUER",
    "NAME",
    "BASE_URL",
    "USERINFO_URL",
    "API_KEY",
    "TEAM_ID",
    "KEY_ID",
    "PRIVATE_KEY",
];

/// A variable that the registration with a provider is read from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Variable {
    /// `AUTH_GITHUB_SECRET`.
    pub name: String,
    /// What follows the id in the name: `SECRET`.
    pub suffix: &'static str,
    /// Whether there is no registration without it. A secret that may be signed with a key is not
    /// required, nor is the key, but one of them is.
    pub required: bool,
}

impl Provider {
    /// The variables that `AuthBuilder::provider` reads for this provider, those that it needs
    /// first.
    pub fn variables(&self) -> impl Iterator<Item = Variable> + use<> {
        let provider = *self;
        let applying = move |required: bool| {
            PROVIDER_SUFFIXES
                .into_iter()
                .filter(move |suffix| provider.need(suffix) == Some(required))
                .map(move |suffix| Variable {
                    name: provider_variable(provider.id, suffix),
                    suffix,
                    required,
                })
        };
        applying(true).chain(applying(false))
    }

    /// Whether a variable is required; `None` if it says nothing to this provider.
    fn need(&self, suffix: &str) -> Option<bool> {
        let signs = self.hooks.client_secret.is_some();
        let (openid, tenant) = match self.protocol {
            Protocol::Oidc { issuer, .. } => (true, issuer.is_none()),
            Protocol::OAuth2 { endpoints, .. } => (false, endpoints.are_paths()),
        };
        match suffix {
            "ID" => Some(true),
            "SECRET" => (self.client_auth != ClientAuth::None).then_some(!signs),
            "ISSUER" => (openid || tenant).then_some(tenant),
            "USERINFO_URL" => (!openid).then_some(false),
            "API_KEY" => self.api_key_header.map(|_| false),
            "TEAM_ID" | "KEY_ID" | "PRIVATE_KEY" => signs.then_some(false),
            _ => Some(false),
        }
    }
}

/// The variable of a registration: `AUTH_KC_ACME_ID` for `kc-acme` and `ID`.
pub(crate) fn provider_variable(id: &str, suffix: &str) -> String {
    format!(
        "AUTH_{}_{suffix}",
        id.to_ascii_uppercase().replace('-', "_")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::providers::{APPLE, BUNGIE, GITHUB, KEYCLOAK, MASTODON};

    #[test]
    fn the_variables_of_a_provider_carry_its_id() {
        assert_eq!(provider_variable("kc-acme", "ID"), "AUTH_KC_ACME_ID");
    }

    #[test]
    fn a_provider_lists_the_variables_that_it_reads_and_needs() {
        let check = |provider: Provider, required: &[&str], others: &[&str]| {
            let suffixes = |wanted| {
                let of_need = provider.variables().filter(|it| it.required == wanted);
                of_need.map(|it| it.suffix).collect::<Vec<_>>()
            };
            assert_eq!(suffixes(true), required, "{}", provider.id());
            assert_eq!(suffixes(false), others, "{}", provider.id());
        };
        check(
            GITHUB,
            &["ID", "SECRET"],
            &["NAME", "BASE_URL", "USERINFO_URL"],
        );
        check(KEYCLOAK, &["ID", "SECRET", "ISSUER"], &["NAME", "BASE_URL"]);
        check(
            MASTODON,
            &["ID", "SECRET", "ISSUER"],
            &["NAME", "BASE_URL", "USERINFO_URL"],
        );
        check(
            BUNGIE,
            &["ID", "SECRET"],
            &["NAME", "BASE_URL", "USERINFO_URL", "API_KEY"],
        );
        check(
            APPLE,
            &["ID"],
            &[
                "SECRET",
                "ISSUER",
                "NAME",
                "BASE_URL",
                "TEAM_ID",
                "KEY_ID",
                "PRIVATE_KEY",
            ],
        );
    }

    #[test]
    fn those_that_are_needed_come_first_with_their_whole_name() {
        let names: Vec<_> = KEYCLOAK.variables().map(|it| it.name).collect();
        assert_eq!(
            names[..3],
            [
                "AUTH_KEYCLOAK_ID",
                "AUTH_KEYCLOAK_SECRET",
                "AUTH_KEYCLOAK_ISSUER"
            ]
        );
    }
}
