//! NetSuite. <https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_157771281570.html>

use super::prelude::*;

/// Sign in with NetSuite. Create an integration record with OAuth 2.0 in the account, with the
/// redirect URI `<origin>/api/auth/callback/netsuite`.
///
/// The issuer is the address of the account, `https://<account>.app.netsuite.com`. NetSuite has no
/// userinfo endpoint: deploy a RESTlet that answers with `id`, `name` and `email` of
/// `runtime.getCurrentUser()`, and give its address in `AUTH_NETSUITE_USERINFO_URL`.
pub const NETSUITE: Provider = Provider::oauth2_tenant::<User>(
    "netsuite",
    "NetSuite",
    Endpoints {
        authorization: "/app/login/oauth2/authorize.nl",
        token: "/services/rest/auth/oauth2/v1/token",
        userinfo: "/app/site/hosting/restlet.nl?script=1&deploy=1",
    },
)
.scopes(&["restlets", "rest_webservices"])
.endpoints_at(hosts_of);

#[derive(Deserialize)]
struct User {
    id: Id,
    name: Text,
    email: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.id).name(user.name).email(user.email)
    }
}

/// An account has a host for each service.
fn hosts_of(base: &str) -> [String; 3] {
    let host = |service: &str| base.replacen(".app.netsuite.com", service, 1);
    let (tokens, scripts) = (
        host(".suitetalk.api.netsuite.com"),
        host(".restlets.api.netsuite.com"),
    );
    [
        format!("{base}/app/login/oauth2/authorize.nl"),
        format!("{tokens}/services/rest/auth/oauth2/v1/token"),
        format!("{scripts}/app/site/hosting/restlet.nl?script=1&deploy=1"),
    ]
}
