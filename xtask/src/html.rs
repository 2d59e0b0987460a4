//! Finds the forms of a page that we rendered ourselves. No parser for other people's HTML.

/// A form, as much of it as a browser needs to send it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) action: String,
    pub(crate) is_post: bool,
    fields: Vec<(String, String)>,
    buttons: Vec<Button>,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Button {
    field: Option<(String, String)>,
    text: String,
}

impl Form {
    /// The fields as the button with `text` in it sends them.
    pub(crate) fn fields_with(&self, text: &str) -> Vec<(String, String)> {
        let pressed = self
            .buttons
            .iter()
            .find(|button| button.text.contains(text));
        let mut fields = self.fields.clone();
        fields.extend(pressed.and_then(|button| button.field.clone()));
        fields
    }

    /// Fills in a field.
    pub(crate) fn fill(&mut self, name: &str, value: &str) {
        self.fields.retain(|(field, _)| field != name);
        self.fields.push((name.to_owned(), value.to_owned()));
    }
}

/// The forms of a page, in order.
pub(crate) fn forms(page: &str) -> impl Iterator<Item = Form> {
    page.split("<form")
        .skip(1)
        .map(|rest| form(rest.split("</form>").next().unwrap_or(rest)))
}

/// The form with a button that has `text` in it.
pub(crate) fn form_with_button(page: &str, text: &str) -> Option<Form> {
    forms(page).find(|form| form.buttons.iter().any(|button| button.text.contains(text)))
}

fn form(source: &str) -> Form {
    let (tag, body) = source.split_once('>').unwrap_or((source, ""));
    let mut form = Form {
        action: attribute(tag, "action").unwrap_or_default(),
        is_post: attribute(tag, "method").is_some_and(|method| method.eq_ignore_ascii_case("post")),
        ..Form::default()
    };
    for input in body.split("<input").skip(1) {
        let tag = input.split('>').next().unwrap_or_default();
        if attribute(tag, "type").as_deref() == Some("submit") {
            form.buttons.push(Button {
                text: attribute(tag, "value").unwrap_or_default(),
                field: field(tag),
            });
        } else {
            form.fields.extend(field(tag));
        }
    }
    for button in body.split("<button").skip(1) {
        let (tag, rest) = button.split_once('>').unwrap_or((button, ""));
        form.buttons.push(Button {
            text: text(rest.split("</button>").next().unwrap_or(rest)),
            field: field(tag),
        });
    }
    form
}

fn field(tag: &str) -> Option<(String, String)> {
    let name = attribute(tag, "name")?;
    Some((name, attribute(tag, "value").unwrap_or_default()))
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(unescape(rest.split('"').next()?))
}

/// What stands between the tags.
fn text(source: &str) -> String {
    let pieces = source
        .split('<')
        .enumerate()
        .map(|(index, piece)| match index {
            0 => piece,
            _ => piece.split_once('>').map_or("", |(_, text)| text),
        });
    unescape(&pieces.collect::<String>())
}

fn unescape(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"
        <form class="x" method="post" action="/a?b=1&amp;c=2">
            <input type="hidden" name="csrfToken" value="t&quot;">
            <button name="person" value="ada"><b>Ada</b> Admin</button>
            <button name="person" value="bob">Bob Basic</button>
        </form>
        <form action="/find"><input name="q"><input type="submit" value="Find"></form>"#;

    #[test]
    fn a_form_sends_its_fields_and_the_button_pressed() {
        let form = form_with_button(PAGE, "Ada Admin").unwrap();
        assert!(form.is_post);
        assert_eq!(form.action, "/a?b=1&c=2");
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let sent = [pair("csrfToken", "t\""), pair("person", "ada")];
        assert_eq!(form.fields_with("Ada"), sent);
    }

    #[test]
    fn a_field_is_filled_in() {
        let mut form = form_with_button(PAGE, "Find").unwrap();
        form.fill("q", "x");
        assert!(!form.is_post);
        assert_eq!(form.fields_with("Find"), [("q".to_owned(), "x".to_owned())]);
    }

    #[test]
    fn a_button_that_is_not_there_is_not_found() {
        assert_eq!(form_with_button(PAGE, "Eve"), None);
    }
}
