//! Who we are to a provider: the id and the secret, from wherever they are.

use serde_json::Value;

use super::environment::{Environment, provider_variable};
use super::problem::BuildProblem;
use crate::provider::{
    ClientAuth, ClientSecret, ClientSecretKey, Credentials, RegisteredSecret, SecretClaims,
    SecretSigner,
};

/// What decides which credentials are needed, and where they may be.
pub(super) struct Identity<'a> {
    pub(super) id: &'a str,
    pub(super) client_auth: ClientAuth,
    /// Set if the provider takes secrets that are signed with a key.
    pub(super) sign: Option<fn(&SecretClaims<'_>) -> Value>,
    pub(super) environment: &'a Environment,
}

impl Identity<'_> {
    /// The client id, and the secret if one is needed. What is missing goes to `problems`.
    pub(super) fn resolve(
        &self,
        credentials: Credentials,
        problems: &mut Vec<BuildProblem>,
    ) -> Option<(String, Option<RegisteredSecret>)> {
        let given = |text: &str| !text.trim().is_empty();
        let (client_id, client_secret) = match credentials {
            Credentials::Explicit {
                client_id,
                client_secret,
            } => {
                let secret = client_secret.filter(|secret| match secret {
                    ClientSecret::Text(text) => given(text.expose()),
                    ClientSecret::Key(_) => true,
                });
                (Some(client_id).filter(|id| given(id)), secret)
            }
            Credentials::Environment => (
                self.variable("ID").map(str::to_owned),
                self.secret_from_environment(problems),
            ),
        };
        if client_id.is_none() {
            problems.push(self.missing("ID"));
        }
        if self.client_auth == ClientAuth::None {
            return Some((client_id?, None));
        }
        let secret = match client_secret {
            Some(secret) => self.register(secret, problems)?,
            None => {
                problems.push(self.missing("SECRET"));
                return None;
            }
        };
        Some((client_id?, Some(secret)))
    }

    /// `AUTH_<ID>_SECRET`; or, where the provider takes signed secrets, the key to sign them with.
    fn secret_from_environment(&self, problems: &mut Vec<BuildProblem>) -> Option<ClientSecret> {
        let parts = ["TEAM_ID", "KEY_ID", "PRIVATE_KEY"].map(|name| (name, self.variable(name)));
        let has_key = self.sign.is_some() && parts.iter().any(|(_, value)| value.is_some());
        if !has_key {
            return self.variable("SECRET").map(ClientSecret::from);
        }
        for (name, value) in parts {
            if value.is_none() {
                problems.push(self.missing(name));
            }
        }
        let [team_id, key_id, private_key] =
            parts.map(|(_, value)| value.unwrap_or_default().to_owned());
        Some(ClientSecretKey::new(team_id, key_id, private_key).into())
    }

    fn register(
        &self,
        secret: ClientSecret,
        problems: &mut Vec<BuildProblem>,
    ) -> Option<RegisteredSecret> {
        let key = match secret {
            ClientSecret::Text(text) => return Some(RegisteredSecret::Text(text)),
            ClientSecret::Key(key) => key,
        };
        let provider = self.id.to_owned();
        let Some(claims) = self.sign else {
            problems.push(BuildProblem::PrivateKeyUnexpected { provider });
            return None;
        };
        let signer = SecretSigner::new(key, claims);
        if signer.is_none() {
            problems.push(BuildProblem::PrivateKeyInvalid { provider });
        }
        signer.map(RegisteredSecret::Signed)
    }

    fn variable(&self, suffix: &str) -> Option<&str> {
        self.environment.of_provider(self.id, suffix)
    }

    fn missing(&self, suffix: &str) -> BuildProblem {
        BuildProblem::CredentialMissing {
            provider: self.id.to_owned(),
            variable: provider_variable(self.id, suffix),
        }
    }
}
