//! What an endpoint did to the session, told to the adapter beside the response.

/// What a response of [`Auth::handle`](crate::Auth::handle) does to the browser's session; an
/// extension of that response.
///
/// An adapter acts on it where the framework keeps a session of its own: its key must change at
/// sign-in (session fixation), and it must go at sign-out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SessionEvent {
    /// The response begins a session.
    SignedIn,
    /// The response ends the session.
    SignedOut,
}
