//! HTML that is safe to put into a page as it is.

use std::fmt;
use std::sync::OnceLock;

use maud::{Markup, PreEscaped, Render, html};

use crate::secret::Secret;

/// HTML in which everything that must be is escaped: put it into a page as it is.
///
/// In maud, `(html)`. In askama, minijinja and tera, `{{ html | safe }}`; without the filter they
/// show its source. Anywhere else it is [`Display`](fmt::Display) and `AsRef<str>`.
///
/// The setters are about the button that [`Components`](crate::Components) made; HTML that is none
/// stays as it is.
///
/// # Security
/// A button holds the CSRF token of one browser. Neither keep it nor show it to another.
#[derive(Clone)]
pub struct Html {
    button: Option<Box<Button>>,
    text: OnceLock<String>,
}

impl Html {
    /// Whatever maud can render: markup as it is, text escaped.
    pub fn render(content: impl Render) -> Self {
        Self {
            button: None,
            text: OnceLock::from(content.render().into_string()),
        }
    }

    /// What the button says, as text. It is its accessible name, so an empty one changes nothing.
    #[must_use]
    pub fn label(self, label: impl Into<String>) -> Self {
        let label = label.into();
        match label.trim().is_empty() {
            true => self,
            false => self.with(|button| button.label = label),
        }
    }

    /// Where the browser goes afterwards: a path, or an address of this site. Anything else leads
    /// to the start page. Default: the page that shows the button.
    #[must_use]
    pub fn return_to(self, address: impl Into<String>) -> Self {
        let address = address.into();
        self.with(|button| button.return_to = Some(address))
    }

    /// The `class` of the button, for a stylesheet of the application.
    #[must_use]
    pub fn class(self, class: impl Into<String>) -> Self {
        let class = class.into();
        self.with(|button| button.class = Some(class))
    }

    pub(super) fn button(button: Button) -> Self {
        Self {
            button: Some(Box::new(button)),
            text: OnceLock::new(),
        }
    }

    fn with(mut self, change: impl FnOnce(&mut Button)) -> Self {
        if let Some(button) = &mut self.button {
            change(button);
            self.text = OnceLock::new();
        }
        self
    }
}

impl AsRef<str> for Html {
    fn as_ref(&self) -> &str {
        self.text.get_or_init(|| {
            let button = self.button.as_deref().map(Button::markup);
            button.map(PreEscaped::into_string).unwrap_or_default()
        })
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_ref())
    }
}

impl Render for Html {
    fn render_to(&self, buffer: &mut String) {
        buffer.push_str(self.as_ref());
    }
}

/// Without the token that is in it.
impl fmt::Debug for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Html").finish_non_exhaustive()
    }
}

/// A form of one button.
#[derive(Clone)]
pub(super) struct Button {
    action: String,
    label: String,
    class: Option<String>,
    return_to: Option<String>,
    /// A form with a token is posted; the address of another shows its fields.
    csrf: Option<Secret<String>>,
    fields: &'static [(&'static str, &'static str)],
}

impl Button {
    /// Posts to `action`.
    pub(super) fn form(action: String, label: &str, csrf_token: &str) -> Self {
        Self {
            csrf: Some(csrf_token.into()),
            ..Self::link(action, label, &[])
        }
    }

    /// Leads to `action`, with `fields` in its query.
    pub(super) fn link(
        action: String,
        label: &str,
        fields: &'static [(&'static str, &'static str)],
    ) -> Self {
        Self {
            action,
            label: label.to_owned(),
            class: None,
            return_to: None,
            csrf: None,
            fields,
        }
    }

    fn markup(&self) -> Markup {
        let method = match self.csrf {
            Some(_) => "post",
            None => "get",
        };
        html! {
            form method=(method) action=(self.action) {
                @if let Some(token) = &self.csrf {
                    input type="hidden" name="csrfToken" value=(token.expose());
                }
                @if let Some(return_to) = &self.return_to {
                    input type="hidden" name="callbackUrl" value=(return_to);
                }
                @for (name, value) in self.fields {
                    input type="hidden" name=(name) value=(value);
                }
                // `dir` keeps a label that turns the direction of writing to itself.
                button type="submit" class=[&self.class] dir="auto" { (self.label) }
            }
        }
    }
}
