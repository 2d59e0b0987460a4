//! A form of one button.

use maud::{Markup, html};

use crate::secret::Secret;

/// A form of one button.
#[derive(Clone)]
pub(crate) struct Button {
    action: String,
    method: &'static str,
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

impl Button {
    /// Posts to `action`, with the token that proves that the form is ours.
    pub(crate) fn form(action: String, label: &str, csrf_token: &str) -> Self {
        Self {
            csrf: Some(csrf_token.into()),
            ..Self::post(action, label)
        }
    }

    /// Posts to `action`.
    pub(crate) fn post(action: String, label: &str) -> Self {
        Self {
            method: "post",
            ..Self::link(action, label, &[])
        }
    }

    /// Leads to `action`, with `fields` in its query.
    pub(super) fn link(action: String, label: &str, fields: &[(&'static str, &str)]) -> Self {
        let owned = |(name, value): &(&'static str, &str)| (*name, (*value).to_owned());
        Self {
            action,
            method: "get",
            label: label.to_owned(),
            class: None,
            return_to: None,
            return_to_field: "callbackUrl",
            csrf: None,
            fields: fields.iter().map(owned).collect(),
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
        html! {
            form method=(self.method) action=(self.action) {
                @if let Some(token) = &self.csrf {
                    input type="hidden" name="csrfToken" value=(token.expose());
                }
                @if let Some(return_to) = &self.return_to {
                    input type="hidden" name=(self.return_to_field) value=(return_to);
                }
                @for (name, value) in &self.fields {
                    input type="hidden" name=(name) value=(value);
                }
                // `dir` keeps a label that turns the direction of writing to itself.
                button type="submit" class=[&self.class] dir="auto" {
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
    }
}
