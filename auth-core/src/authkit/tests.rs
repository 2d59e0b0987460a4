//! Whole sign-ins and sessions without a socket: WorkOS is a table of answers.

mod callback;
mod jar;
mod page_functions;
mod refresh;
mod secrets;
mod session;
mod several;
mod sign_in;
mod sign_out;
mod site;
mod switch;
