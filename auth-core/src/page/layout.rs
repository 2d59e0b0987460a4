//! What all pages share: the document around them, and the hidden fields of their forms.

use maud::{DOCTYPE, Markup, html};

use crate::page::{Frame, Language};

/// A whole document. `content` holds the page's only `<h1>`.
pub(crate) fn document(
    frame: &Frame,
    language: &Language,
    title: &str,
    content: &Markup,
) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(language.tag) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content=(frame.scheme.as_str());
                title { (title) }
                // None; without it browsers ask the application for `/favicon.ico`.
                link rel="icon" href="data:,";
                link rel="stylesheet" href=(frame.stylesheet_path);
            }
            body {
                main {
                    // Decoration: the heading says where one is.
                    @if let Some(logo) = &frame.logo {
                        img.logo src=(logo.as_str()) alt="";
                    }
                    (content)
                }
            }
        }
    }
}

/// What every form posts: proof that it is ours, and the way back.
pub(crate) fn form_fields(csrf_token: &str, return_to: &str) -> Markup {
    html! {
        input type="hidden" name="csrfToken" value=(csrf_token);
        input type="hidden" name="callbackUrl" value=(return_to);
    }
}
