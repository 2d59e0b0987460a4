//! Nextcloud. <https://docs.nextcloud.com/server/latest/admin_manual/configuration_server/oauth2.html>

use super::prelude::*;

/// Sign in with Nextcloud. Add a client under Administration settings, Security, with the redirect
/// URI `<origin>/api/auth/callback/nextcloud`.
///
/// The issuer is the address of the server. The person is named in the token answer.
pub const NEXTCLOUD: Provider = Provider::oauth2_tenant::<User>(
    "nextcloud",
    "Nextcloud",
    Endpoints {
        authorization: "/apps/oauth2/authorize",
        token: "/apps/oauth2/api/v1/token",
        userinfo: "/ocs/v1.php/cloud/users",
    },
)
.userinfo_headers(&[("OCS-APIRequest", "true")])
.envelope(&["ocs", "data"])
.fetch_userinfo(by_user_id)
.mark(Mark::coloured(include_str!("marks/nextcloud.svg")));

#[derive(Deserialize)]
struct User {
    id: Id,
    displayname: Text,
    email: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        let avatar = format!("/avatar/{}/512", user.id.as_str());
        Self::new(user.id)
            .name(user.displayname)
            .email(user.email)
            .image(avatar.into())
    }
}

fn by_user_id(request: UserinfoRequest<'_>) -> FetchedUserinfo<'_> {
    Box::pin(async move {
        match request.token_extra.get("user_id").and_then(Value::as_str) {
            Some(user_id) => request.get_below(user_id).await,
            None => request.get().await,
        }
    })
}
