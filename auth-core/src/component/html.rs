//! HTML that is safe to put into a page as it is.

use std::fmt;
use std::sync::OnceLock;

use maud::{Markup, PreEscaped, Render, html};
use url::form_urlencoded;

use crate::secret::Secret;

/// HTML in which everything that must be is escaped: put it into a page as it is.
///
/// In maud, `(html)`. In askama, minijinja and tera, `{{ html | safe }}`; without the filter they
/// show its source. Anywhere else it is [`Display`](fmt::Display) and `AsRef<str>`.
///
/// The setters are about the button or link that [`Components`](crate::Components) made; HTML that is none
/// stays as it is.
///
/// # Security
/// A button of [`Auth`](crate::Auth) holds the CSRF token of one browser. Neither keep it nor show it
/// to another.
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

/// A form of one button, or a link.
#[derive(Clone)]
pub(super) struct Button {
    way: Way,
    action: String,
    label: String,
    class: Option<String>,
    return_to: Option<String>,
}

/// How the browser gets to the action.
#[derive(Clone)]
pub(super) enum Way {
    /// A form that is posted, with the token of the browser where the action asks for one.
    Post { csrf_token: Option<Secret<String>> },
    /// A form whose fields, these among them, show in the address.
    Get {
        fields: &'static [(&'static str, &'static str)],
    },
    /// A link.
    Link,
}

/// The field in which the action finds the way back.
const RETURN_TO: &str = "callbackUrl";

impl Button {
    pub(super) fn new(way: Way, action: String, label: impl Into<String>) -> Self {
        Self {
            way,
            action,
            label: label.into(),
            class: None,
            return_to: None,
        }
    }

    fn markup(&self) -> Markup {
        match &self.way {
            Way::Post { csrf_token } => html! {
                form method="post" action=(self.action) {
                    @if let Some(token) = csrf_token {
                        input type="hidden" name="csrfToken" value=(token.expose());
                    }
                    (self.inside())
                }
            },
            Way::Get { fields } => html! {
                form method="get" action=(self.action) {
                    @for (name, value) in *fields {
                        input type="hidden" name=(name) value=(value);
                    }
                    (self.inside())
                }
            },
            // `dir` keeps a label that turns the direction of writing to itself.
            Way::Link => html! {
                a href=(self.href()) class=[&self.class] dir="auto" { (self.label) }
            },
        }
    }

    /// What every form has.
    fn inside(&self) -> Markup {
        html! {
            @if let Some(return_to) = &self.return_to {
                input type="hidden" name=(RETURN_TO) value=(return_to);
            }
            button type="submit" class=[&self.class] dir="auto" { (self.label) }
        }
    }

    fn href(&self) -> String {
        let Some(return_to) = &self.return_to else {
            return self.action.clone();
        };
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair(RETURN_TO, return_to)
            .finish();
        format!("{}?{query}", self.action)
    }
}
