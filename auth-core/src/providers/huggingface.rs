//! Hugging Face. <https://huggingface.co/docs/hub/oauth>

use super::prelude::*;

/// Sign in with Hugging Face. Register at <https://huggingface.co/settings/applications/new>, with
/// the redirect URI `<origin>/api/auth/callback/huggingface`.
pub const HUGGINGFACE: Provider =
    Provider::oidc("huggingface", "Hugging Face", "https://huggingface.co")
        .mark(Mark::coloured(include_str!("marks/huggingface.svg")));
