//! The wire behaviour of OAuth 2.0 providers that are unlike the others: what their documentation
//! says they ask for and answer.

mod hosts;
mod profiles;
mod requests;
