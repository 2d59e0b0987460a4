//! A guest book: a protected form. A post from another site is refused before it gets here.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use actix_web::http::header;
use actix_web::{HttpResponse, Responder, post, web};
use auth_actix::{Session, protected};
use maud::{Markup, html};
use serde::Deserialize;

use crate::layout::display_name;

/// The oldest note makes room.
const MAX_NOTES: usize = 20;

/// Longer notes are cut, in characters.
const MAX_LENGTH: usize = 200;

/// The newest notes, newest first.
#[derive(Default)]
pub(crate) struct Notes(Mutex<VecDeque<Note>>);

#[derive(Clone)]
struct Note {
    author: String,
    text: String,
}

#[derive(Deserialize)]
struct NewNote {
    text: String,
}

/// Adds a note and shows the guest book again.
#[post("/notes")]
#[protected]
pub(crate) async fn add(
    session: Session,
    notes: web::Data<Notes>,
    form: web::Form<NewNote>,
) -> impl Responder {
    notes.add(display_name(&session), &form.text);
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, "/dashboard"))
        .finish()
}

impl Notes {
    fn add(&self, author: &str, text: &str) {
        let text: String = text.trim().chars().take(MAX_LENGTH).collect();
        if text.is_empty() {
            return;
        }
        let author = author.to_owned();
        // A note is whole or not there, so a poisoned lock holds no harm.
        let mut notes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        notes.push_front(Note { author, text });
        notes.truncate(MAX_NOTES);
    }

    fn all(&self) -> Vec<Note> {
        let notes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        notes.iter().cloned().collect()
    }
}

/// The form and the notes, for the dashboard.
pub(crate) fn section(notes: &Notes) -> Markup {
    html! {
        section {
            h2 { "Guest book" }
            form method="post" action="/notes" {
                label for="text" { "Your note" }
                div.row {
                    input #text name="text" maxlength=(MAX_LENGTH) required autocomplete="off";
                    button.button type="submit" { "Leave it" }
                }
            }
            ul.notes {
                @for note in notes.all() {
                    li { p { (note.text) } p.muted { (note.author) } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_bounded_in_number_and_length() {
        let notes = Notes::default();
        for _ in 0..MAX_NOTES + 5 {
            notes.add("ada", &"x".repeat(MAX_LENGTH + 5));
        }
        let all = notes.all();
        assert_eq!(all.len(), MAX_NOTES);
        assert!(all.iter().all(|note| note.text.len() == MAX_LENGTH));
    }

    #[test]
    fn an_empty_note_is_none_and_a_note_is_escaped() {
        let notes = Notes::default();
        notes.add("ada", "  ");
        assert!(notes.all().is_empty());
        notes.add("ada", "<script>");
        assert!(section(&notes).into_string().contains("&lt;script&gt;"));
    }
}
