//! Azure DevOps. <https://learn.microsoft.com/azure/devops/integrate/get-started/authentication/oauth>

use super::prelude::*;

/// Sign in with Azure DevOps. Register at <https://app.vsaex.visualstudio.com/app/register>, with
/// the redirect URI `<origin>/api/auth/callback/azure-devops`.
///
/// Microsoft takes no new registrations and recommends Entra ID. The code is traded as an
/// assertion.
pub const AZURE_DEVOPS: Provider = Provider::oauth2::<User>("azure-devops", "Azure DevOps", Endpoints {
    authorization: "https://app.vssps.visualstudio.com/oauth2/authorize",
    token: "https://app.vssps.visualstudio.com/oauth2/token",
    userinfo: "https://app.vssps.visualstudio.com/_apis/profile/profiles/me?details=true&coreAttributes=Avatar&api-version=6.0",
}).scopes(&["vso.profile"]).client_auth(ClientAuth::Post).conform_authorization_url(as_assertion).conform_token_request(with_assertions).conform_token_response(as_bearer)
.mark(Mark::coloured(include_str!("marks/azure-devops.svg")));

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct User {
    id: Id,
    display_name: Text,
    email_address: Text,
    #[serde(default)]
    core_attributes: Value,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        let avatar = Text::from(&user.core_attributes["Avatar"]["value"]["value"]);
        Self::new(user.id)
            .name(user.display_name)
            .email(user.email_address)
            .image(avatar.map(|base64| format!("data:image/jpeg;base64,{base64}")))
    }
}

fn as_assertion(mut url: Url) -> Url {
    let pairs: Vec<_> = url.query_pairs().into_owned().collect();
    url.query_pairs_mut()
        .clear()
        .extend_pairs(pairs.iter().filter(|(name, _)| name != "response_type"))
        .append_pair("response_type", "Assertion");
    url
}

/// The secret and the code are both assertions here (RFC 7521).
fn with_assertions(request: Request) -> Request {
    const JWT_BEARER: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    const CLIENT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    with_form(request, |form| {
        form.into_iter()
            .filter(|(name, _)| name != "client_id")
            .map(|(name, value)| match name.as_str() {
                "grant_type" => (name, JWT_BEARER.to_owned()),
                "code" => ("assertion".to_owned(), value),
                "client_secret" => ("client_assertion".to_owned(), value),
                _ => (name, value),
            })
            .chain([("client_assertion_type".to_owned(), CLIENT_BEARER.to_owned())])
            .collect()
    })
}

/// It calls the type `jwt-bearer`.
fn as_bearer(mut answer: Value) -> Value {
    if answer["token_type"] == "jwt-bearer" {
        answer["token_type"] = "bearer".into();
    }
    answer
}
