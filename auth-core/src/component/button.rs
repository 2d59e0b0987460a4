//! A form of one button, or a link.

use maud::{Markup, html};
use url::form_urlencoded;

use crate::secret::Secret;

/// A form of one button, or a link.
#[derive(Clone)]
pub(crate) struct Button {
    way: Way,
    action: String,
    /// As text.
    pub(super) label: String,
    pub(super) class: Option<String>,
    pub(super) return_to: Option<String>,
    /// The field that says where to go afterwards.
    return_to_field: &'static str,
    csrf: Option<Secret<String>>,
    fields: Vec<(&'static str, String)>,
    mark: Option<MarkView>,
    note: Option<String>,
}

/// The picture of a provider.
#[derive(Clone, Debug, serde::Serialize)]
#[non_exhaustive]
pub struct MarkView {
    /// Where it is: a path of our routes, 20 pixels wide and high.
    pub src: String,
    /// Whether it is black, and to be inverted on dark pages (in ours by the class `black`).
    pub is_black: bool,
}

/// How the browser gets to the action.
#[derive(Clone, Copy)]
enum Way {
    /// A form that is posted.
    Post,
    /// A form whose fields show in the address.
    Get,
    /// A link whose fields do.
    Link,
}

impl Button {
    /// Posts to `action`, with the token that proves that the form is ours.
    pub(crate) fn form(action: impl Into<String>, label: &str, csrf_token: &str) -> Self {
        Self {
            csrf: Some(csrf_token.into()),
            ..Self::post(action, label)
        }
    }

    /// Posts to `action`.
    pub(crate) fn post(action: impl Into<String>, label: &str) -> Self {
        Self::new(Way::Post, action, label)
    }

    /// A form that leads to `action`.
    pub(super) fn get(action: impl Into<String>, label: &str) -> Self {
        Self::new(Way::Get, action, label)
    }

    /// A link to `action`.
    pub(super) fn link(action: impl Into<String>, label: &str) -> Self {
        Self::new(Way::Link, action, label)
    }

    fn new(way: Way, action: impl Into<String>, label: &str) -> Self {
        Self {
            way,
            action: action.into(),
            label: label.to_owned(),
            class: None,
            return_to: None,
            return_to_field: "callbackUrl",
            csrf: None,
            fields: Vec::new(),
            mark: None,
            note: None,
        }
    }

    /// Another name for the field that says where to go afterwards.
    pub(crate) fn return_to_field(self, name: &'static str) -> Self {
        Self {
            return_to_field: name,
            ..self
        }
    }

    /// One more hidden field.
    pub(crate) fn field(mut self, name: &'static str, value: impl ToString) -> Self {
        self.fields.push((name, value.to_string()));
        self
    }

    /// A picture before the label; it says nothing that the label does not.
    pub(crate) fn mark(self, mark: Option<MarkView>) -> Self {
        Self { mark, ..self }
    }

    /// Some words after the label.
    pub(crate) fn note(self, note: Option<&str>) -> Self {
        Self {
            note: note.map(str::to_owned),
            ..self
        }
    }

    pub(super) fn markup(&self) -> Markup {
        let method = match self.way {
            Way::Post => "post",
            Way::Get => "get",
            Way::Link => return self.anchor(),
        };
        html! {
            form method=(method) action=(self.action) {
                @if let Some(token) = &self.csrf {
                    input type="hidden" name="csrfToken" value=(token.expose());
                }
                @for (name, value) in self.fields() {
                    input type="hidden" name=(name) value=(value);
                }
                // `dir` keeps a label that turns the direction of writing to itself.
                button type="submit" class=[&self.class] dir="auto" { (self.inside()) }
            }
        }
    }

    fn anchor(&self) -> Markup {
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(self.fields())
            .finish();
        let separator = if query.is_empty() { "" } else { "?" };
        html! {
            a href={ (self.action) (separator) (query) } class=[&self.class] dir="auto" {
                (self.inside())
            }
        }
    }

    /// What is sent, but for the token.
    fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        let return_to = self.return_to.as_deref();
        let return_to = return_to.map(|address| (self.return_to_field, address));
        let others = self.fields.iter().map(|(name, value)| (*name, &**value));
        return_to.into_iter().chain(others)
    }

    /// Mark, label and note.
    fn inside(&self) -> Markup {
        html! {
            @if let Some(mark) = &self.mark {
                img.mark.black[mark.is_black] src=(mark.src) alt="" width="20" height="20";
                " "
            }
            @if self.mark.is_some() || self.note.is_some() {
                span { (self.label) }
            } @else {
                (self.label)
            }
            @if let Some(note) = &self.note { " " small { (note) } }
        }
    }
}
