//! Addresses that are not in the profile but below it: GitHub, Bitbucket.

use super::prelude::*;

/// One of them, in the words of either.
#[derive(Deserialize)]
struct Email {
    email: String,
    #[serde(alias = "is_primary")]
    primary: bool,
    #[serde(alias = "is_confirmed")]
    verified: bool,
}

/// The profile with the primary address as `email`, and whether it was verified as `email_verified`,
/// from the list at `<userinfo>/emails`. An address of the profile itself counts as not verified.
pub(super) fn with_primary_email(request: UserinfoRequest<'_>) -> FetchedUserinfo<'_> {
    Box::pin(async move {
        let mut user = request.get().await?;
        let members = user.as_object_mut().ok_or(UserinfoError::Malformed)?;
        members.insert("email_verified".to_owned(), false.into());

        let emails = match request.get_below("emails").await {
            Ok(answer) => listed(answer)?,
            // The scope was narrowed, or the app lacks the permission.
            Err(UserinfoError::Status(403 | 404)) => Vec::new(),
            Err(error) => return Err(error),
        };
        if let Some(primary) = emails.into_iter().find(|email| email.primary) {
            members.insert("email".to_owned(), primary.email.into());
            members.insert("email_verified".to_owned(), primary.verified.into());
        }
        Ok(user)
    })
}

/// A list, or a page of one: the primary address is on the first.
fn listed(mut answer: Value) -> Result<Vec<Email>, UserinfoError> {
    let list = match answer.get_mut("values") {
        Some(values) => values.take(),
        None => answer,
    };
    serde_json::from_value(list).map_err(|_| UserinfoError::Malformed)
}
