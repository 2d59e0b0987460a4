//! VK. <https://dev.vk.com/api/access-token/authcode-flow-user>

use super::prelude::*;

/// Sign in with VK. Register at <https://dev.vk.com>, with the redirect URI
/// `<origin>/api/auth/callback/vk`.
///
/// The address is in the token answer.
pub const VK: Provider = Provider::oauth2::<User>(
    "vk",
    "VK",
    Endpoints {
        authorization: "https://oauth.vk.com/authorize?v=5.131",
        token: "https://oauth.vk.com/access_token?v=5.131",
        userinfo: "https://api.vk.com/method/users.get?fields=photo_100&v=5.131",
    },
)
.scopes(&["email"])
.envelope(&["response", "0"])
.client_auth(ClientAuth::Post)
.bearer_unless_stated()
.fetch_userinfo(with_address)
.mark(Mark::coloured(include_str!("marks/vk.svg")));

#[derive(Deserialize)]
struct User {
    id: Id,
    first_name: Text,
    last_name: Text,
    photo_100: Text,
    email: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.id)
            .names(user.first_name, user.last_name)
            .email(user.email)
            .image(user.photo_100)
    }
}

fn with_address(request: UserinfoRequest<'_>) -> FetchedUserinfo<'_> {
    Box::pin(async move {
        let mut answer = request.get().await?;
        let person = answer
            .pointer_mut("/response/0")
            .and_then(Value::as_object_mut);
        if let (Some(person), Some(email)) = (person, request.token_extra.get("email")) {
            person.insert("email".to_owned(), email.clone());
        }
        Ok(answer)
    })
}
