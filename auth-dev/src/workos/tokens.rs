//! The answer to a grant: the user, and a pair of tokens.

use serde_json::{Value, json};

use super::access_token::{self, Spoilt};
use super::directory::Impersonator;
use super::id::new_id;
use super::problem::Problem;
use super::records::Records;
use super::refresh::RefreshToken;
use super::state::State;

/// Makes a pair of tokens for the session, and the answer that holds them.
pub(crate) fn answer(
    state: &State,
    records: &mut Records,
    session_id: &str,
    spoilt: Option<Spoilt>,
) -> Result<Value, Problem> {
    let session = records.session(session_id);
    let session = session.ok_or_else(|| Problem::not_found("Session", session_id))?;
    let record = records.user(&session.user_id)?;
    let access_token = access_token::issue(state, records, record, session, spoilt)?;
    let refresh_token = new_id("ref");
    let mut answer = json!({
        "user": record.json(),
        "organization_id": session.organization_id,
        "access_token": access_token,
        "refresh_token": refresh_token,
        "authentication_method": session.method.authentication_method(),
    });
    if let Some(Impersonator { email, reason }) = &session.impersonator {
        answer["impersonator"] = json!({ "email": email, "reason": reason });
    }
    let token = RefreshToken {
        session_id: session_id.to_owned(),
        rotated: None,
    };
    records.refresh_tokens.insert(refresh_token, token);
    Ok(answer)
}
