//! Who attacks, what is defended, and what is not.
//!
//! `SECURITY.md` in the repository names the test for each line.
//!
//! # Who attacks
//!
//! - **A visitor** with any number of accounts, who sends any bytes to any route, as slowly or as
//!   often as they like.
//! - **Another site** that the visitor has open: it sends requests with the visitor's cookies,
//!   frames pages, and opens our addresses. It cannot read our answers. A *sibling* of our domain
//!   can also set cookies for it, but none whose name begins with `__Host-`.
//! - **Somebody on the network**, who drops and delays, but does not break TLS.
//! - **A provider that the visitor did not choose**, or a client of the same provider: it answers
//!   with tokens, codes and profiles made for somebody else.
//! - **A provider that is broken or hostile**, as far as it wants to harm *others*: it answers
//!   slowly, endlessly, with markup, or with the addresses of our own network.
//! - **A proxy or CDN** in front, which passes on what it is given and caches what it may.
//!
//! # What is trusted
//!
//! - A provider, about its own accounts and nothing else. It decides who is who of them; it gives
//!   no role, names no address that counts as verified for another provider, and sends nobody
//!   anywhere but back.
//! - The configuration and the environment, and whoever can read them: the holder of `AUTH_SECRET`
//!   is everybody.
//! - The application's own code, and the browser of a visitor.
//!
//! # How much anybody may occupy
//!
//! | who | what | how much |
//! |---|---|---|
//! | a client | the body of a request to a sign-in endpoint | 64 KiB, 10 s; then the connection ends |
//! | a client | cookies that one answer removes | 20 |
//! | a client | sign-ins that are under way in one browser | 5, of 15 minutes each |
//! | a provider | one call: connection, answer, and the wait for a place | 10 s |
//! | a provider | the body of an answer, never decompressed | 1 MiB |
//! | a provider | calls under way | 32, of which 2 read more than 64 KiB; 256 more wait |
//! | a provider | fetches of its keys for names that nobody knows | 3, and one every 15 s |
//! | a provider | keys of one set | 100 |
//! | all together | ended sessions, for as long as a cookie could live | 200 000, of 100 000 accounts |
//! | all together | finished sign-ins, for 15 minutes | 100 000 |
//!
//! The number of calls is bounded for each server and not in all: a bound that all share is what a
//! slow provider would use up for the others. Each of the steps of one sign-in has its own 10 s; a
//! provider that is as slow as it may be at every step holds up its own visitor for 40 s.
//!
//! Connections, the size of a request's head, and bodies that go to other handlers are the
//! business of the web server in front of the endpoints.
//!
//! # What is not defended
//!
//! - A stolen device or browser profile, and malware there.
//! - A provider that lies about its own accounts.
//! - An ended session in another process: [`ended_sessions`](super::ended_sessions).
//! - An issuer that a stranger may choose: addresses of private networks are not told from others.
//!   Register issuers that you know.
//! - More requests than the machine can answer.
