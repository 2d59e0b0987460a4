//! What all pages share: the document around them, and the hidden fields of their forms.

use maud::{DOCTYPE, Markup, html};

use crate::page::{PageView, SiteView};

/// A whole document. `content` holds the page's only `<h1>`.
pub(crate) fn document(page: &PageView<'_>, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(page.lang) dir=(page.dir) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content=(page.site.color_scheme);
                title { (page.title) }
                // None; without it browsers ask the application for `/favicon.ico`.
                link rel="icon" href="data:,";
                @for path in &page.site.stylesheets { link rel="stylesheet" href=(path); }
            }
            body {
                main {
                    (logo(page.site))
                    (content)
                }
                @if !page.footer.is_empty() || page.languages.is_some() { (footer(page)) }
            }
        }
    }
}

/// Decoration: the heading says where one is.
fn logo(site: &SiteView) -> Markup {
    html! {
        @match (&site.logo, &site.logo_dark) {
            (Some(logo), Some(dark)) => {
                picture {
                    source media="(prefers-color-scheme: dark)" srcset=(dark);
                    img.logo src=(logo) alt="";
                }
            },
            (Some(logo), None) => { img.logo src=(logo) alt=""; },
            (None, _) => {},
        }
    }
}

fn footer(page: &PageView<'_>) -> Markup {
    html! {
        footer {
            @for link in &page.footer { a href=(link.href) { (link.label) } " " }
            @if let Some(languages) = &page.languages { (languages) }
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
