//! HTML that is safe to put into a page as it is.

use std::fmt;
use std::sync::OnceLock;

use maud::{PreEscaped, Render};
use serde::{Serialize, Serializer};

use super::button::Button;

/// HTML in which everything that must be is escaped: put it into a page as it is.
///
/// In maud, `(html)`. In askama, minijinja and tera, `{{ html | safe }}`; without the filter they
/// show its source. Anywhere else it is [`Display`](fmt::Display) and `AsRef<str>`, and serde writes
/// it as text.
///
/// The setters are about the button or link that [`Components`](crate::Components) made; HTML that is
/// none stays as it is.
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

    /// What a template engine has rendered, as it is.
    ///
    /// # Security
    /// Text of a stranger that the template did not escape runs as markup. Engines escape by
    /// themselves only if they are told to: askama by the name of the template, minijinja and tera
    /// by theirs; `format!` never does.
    pub fn pre_escaped(html: impl Into<String>) -> Self {
        Self {
            button: None,
            text: OnceLock::from(html.into()),
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

    pub(crate) fn button(button: Button) -> Self {
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

impl From<Html> for String {
    fn from(mut html: Html) -> Self {
        let text = html.text.take();
        text.unwrap_or_else(|| html.as_ref().to_owned())
    }
}

/// As text, for template engines.
impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_ref())
    }
}

/// Without the token that is in it.
impl fmt::Debug for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Html").finish_non_exhaustive()
    }
}
