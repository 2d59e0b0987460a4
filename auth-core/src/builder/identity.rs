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
        let (client_id, explicit) = match credentials {
            Credentials::Explicit {
                client_id,
                client_secret,
            } => {
                let secret = client_secret.filter(|secret| match secret {
                    ClientSecret::Text(text) => given(text.expose()),
                    ClientSecret::Key(_) => true,
                });
                (Some(client_id).filter(|id| given(id)), Some(secret))
            }
            Credentials::Environment => (self.variable("ID").map(str::to_owned), None),
        };
        if client_id.is_none() {
            problems.push(self.missing("ID"));
        }
        if self.client_auth == ClientAuth::None {
            return Some((client_id?, None));
        }
        let secret = match explicit {
            Some(secret) => secret.ok_or_else(|| vec![self.missing("SECRET")]),
            None => self.secret_from_environment(),
        };
        let secret = secret.map_err(|missing| problems.extend(missing)).ok()?;
        let secret = self.register(secret, problems)?;
        Some((client_id?, Some(secret)))
    }

    /// `AUTH_<ID>_SECRET`; or, where the provider takes signed secrets, the key to sign them with.
    fn secret_from_environment(&self) -> Result<ClientSecret, Vec<BuildProblem>> {
        let parts = ["TEAM_ID", "KEY_ID", "PRIVATE_KEY"].map(|name| (name, self.variable(name)));
        let has_key = self.sign.is_some() && parts.iter().any(|(_, value)| value.is_some());
        match parts {
            _ if !has_key => self
                .variable("SECRET")
                .map(ClientSecret::from)
                .ok_or_else(|| vec![self.missing("SECRET")]),
            [
                (_, Some(team_id)),
                (_, Some(key_id)),
                (_, Some(private_key)),
            ] => Ok(ClientSecretKey::new(team_id, key_id, private_key).into()),
            parts => Err(parts
                .iter()
                .filter(|(_, value)| value.is_none())
                .map(|(name, _)| self.missing(name))
                .collect()),
        }
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
